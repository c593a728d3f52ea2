using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EnergyLoad.Auth;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Commits messages in groups: one multi-row INSERT and one commit for all who wait.</summary>
internal sealed class AcceptStore(Database database, DatabaseClock clock, SearchNews news, TimeProvider timeProvider)
{
    // A statement must fit into the server's max_allowed_packet, with every byte of a body escaped.
    private const int ChunkBytes = 4 * 1024 * 1024;

    private const string InsertMessages = """
        INSERT INTO messages (id, sender, message_key, body, body_hash, splice_at, gateway_urn, gateway_hash, market, feed, site, meter,
          readings, first_at, last_at, accepted_at, traceparent, due_at) VALUES
        """;

    private const string FindByKey = """
        SELECT sender, message_key, id, body_hash FROM messages WHERE (sender, message_key) IN @keys
        """;

    private const string InsertCounts = """
        INSERT INTO ledger_counts (id, accepted_at, sender, market, feed, messages, readings) VALUES
        """;

    /// <summary>Commits a batch without what is of users who may not; the outcomes are in the order of the messages.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">The database did not answer: nothing, or everything, was committed.</exception>
    public async Task<IReadOnlyList<AcceptOutcome>> CommitAsync(IReadOnlyList<NewMessage> messages)
    {
        var started = timeProvider.GetTimestamp();
        var outcomes = await StandingCheck.DoAllowedAsync(
            messages, message => message.Check, WriteNewAsync, CommitStepwiseAsync, new AcceptOutcome.NotAllowed());
        if (timeProvider.GetElapsedTime(started) > SearchProjector.LateAfter)
        {
            news.Late.Add(outcomes.OfType<AcceptOutcome.Accepted>().Select(accepted => accepted.Id.ToBytes()));
        }

        return outcomes;
    }

    /// <summary>Writes messages of which every one is new, mostly in one round trip with the commit; it is refused if one is not.</summary>
    private async Task<IReadOnlyList<AcceptOutcome>> WriteNewAsync(
        DbTransaction transaction, IReadOnlyList<NewMessage> messages, CancellationToken cancellationToken)
    {
        var now = await clock.GetNowAsync(cancellationToken);
        var ids = SendId.Batch(now, messages.Count);
        var last = new InsertRows(InsertMessages);
        foreach (var chunk in ChunksOf(SortedByKey(Enumerable.Range(0, messages.Count), messages), messages))
        {
            if (last.Count > 0)
            {
                await last.ExecuteAsync(transaction, ending: null, cancellationToken);
            }

            last = InsertOf(chunk, messages, ids, now);
        }

        last.ExecuteAtCommit(transaction, ending: null);
        Count(transaction, messages, now);
        return [.. ids.Select(id => new AcceptOutcome.Accepted(id))];
    }

    private async Task<IReadOnlyList<AcceptOutcome>> CommitStepwiseAsync(IReadOnlyList<NewMessage> messages)
    {
        var firsts = new Dictionary<(string Sender, string MessageKey), int>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            firsts.TryAdd(messages[i].Key, i);
        }

        var outcomes = new AcceptOutcome[messages.Count];
        var now = await clock.GetNowAsync(CancellationToken.None);
        var ids = SendId.Batch(now, messages.Count);

        // The first of equal keys is written.
        foreach (var chunk in ChunksOf(SortedByKey(firsts.Values, messages), messages))
        {
            // One row that cannot be written shall fail alone.
            var committed = await Bisection.RunAsync(chunk, part => database.InTransactionAsync(
                (transaction, token) => WriteAsync(transaction, part, messages, ids, now, token), CancellationToken.None));
            for (var i = 0; i < chunk.Length; i++)
            {
                outcomes[chunk[i]] = OutcomeOf(committed[i]);
            }
        }

        for (var i = 0; i < outcomes.Length; i++)
        {
            var first = firsts[messages[i].Key];
            outcomes[i] = first == i ? outcomes[i] : Repeat(outcomes[first], messages[i].BodyHash, messages[first].BodyHash);
        }

        return outcomes;
    }

    /// <summary>Rows in the order of their keys, so that two batches never wait for each other in a circle.</summary>
    private static int[] SortedByKey(IEnumerable<int> rows, IReadOnlyList<NewMessage> messages)
    {
        int[] sorted = [.. rows];
        Array.Sort(sorted, (one, other) => CompareKeys(messages[one].Key, messages[other].Key));
        return sorted;
    }

    private static int CompareKeys((string Sender, string MessageKey) one, (string Sender, string MessageKey) other) =>
        string.CompareOrdinal(one.Sender, other.Sender) is var bySender and not 0
            ? bySender
            : string.CompareOrdinal(one.MessageKey, other.MessageKey);

    private static AcceptOutcome Repeat(AcceptOutcome first, byte[] hash, byte[] firstHash) => first switch
    {
        AcceptOutcome.Accepted accepted => Compare(accepted.Id, firstHash, hash),
        AcceptOutcome.Duplicate duplicate => Compare(duplicate.Id, firstHash, hash),

        // The first of this commit lost to bytes that were kept before; the others are compared with those.
        AcceptOutcome.Conflict conflict => Compare(conflict.Id, conflict.KeptHash, hash),
        _ => first,
    };

    private static AcceptOutcome Compare(SendId id, byte[] kept, byte[] hash) => kept.AsSpan().SequenceEqual(hash)
        ? new AcceptOutcome.Duplicate(id)
        : new AcceptOutcome.Conflict(id) { KeptHash = kept };

    private static IEnumerable<int[]> ChunksOf(int[] rows, IReadOnlyList<NewMessage> messages)
    {
        var start = 0;
        var bytes = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            var length = messages[rows[i]].Message.Body.Length;
            if (i > start && bytes + length > ChunkBytes)
            {
                yield return rows[start..i];
                (start, bytes) = (i, 0);
            }

            bytes += length;
        }

        yield return rows[start..];
    }

    private static async Task<IReadOnlyList<AcceptOutcome>> WriteAsync(
        DbTransaction transaction, IReadOnlyList<int> rows, IReadOnlyList<NewMessage> messages, SendId[] ids, DateTimeOffset now,
        CancellationToken cancellationToken)
    {
        // Not INSERT IGNORE, which would hide a truncation as well.
        var written = await InsertOf(rows, messages, ids, now).ExecuteAsync(
            transaction, "ON DUPLICATE KEY UPDATE id = id", cancellationToken);
        var found = written == rows.Count ? null : await FindAsync(transaction, [.. rows.Select(row => messages[row].Key)], cancellationToken);
        AcceptOutcome[] outcomes = [.. rows.Select(row =>
            found is null ? new AcceptOutcome.Accepted(ids[row]) : OutcomeOf(found[messages[row].Key], ids[row], messages[row].BodyHash))];
        Count(transaction, rows.Where((_, i) => outcomes[i] is AcceptOutcome.Accepted).Select(row => messages[row]), now);
        return outcomes;
    }

    private static AcceptOutcome OutcomeOf(Task<AcceptOutcome> committed) =>
        committed.Exception is { } fault ? new AcceptOutcome.Faulted(fault.InnerException!) : committed.Result;

    private static AcceptOutcome OutcomeOf((SendId Id, byte[] Hash) found, SendId ours, byte[] hash) =>
        found.Id == ours ? new AcceptOutcome.Accepted(ours) : Compare(found.Id, found.Hash, hash);

    private static InsertRows InsertOf(IEnumerable<int> rows, IReadOnlyList<NewMessage> messages, SendId[] ids, DateTimeOffset now)
    {
        var insert = new InsertRows(InsertMessages);
        foreach (var row in rows)
        {
            AddRow(insert, messages[row], ids[row], now);
        }

        return insert;
    }

    private static void AddRow(InsertRows insert, NewMessage row, SendId id, DateTimeOffset now)
    {
        var message = row.Message;
        insert.Row().Add(id.ToBytes()).Add(row.Sender).Add(message.MessageId).AddBody(message.Body).Add(row.BodyHash).Add(message.SpliceAt)
            .Add(message.GatewayUrn).Add(HashOf(message.GatewayUrn))
            .Add(message.Urns.Market).Add(message.Urns.Feed).Add(message.Urns.Site).Add(message.Urns.Meter)
            .Add(message.Readings).Add(message.FirstInstant).Add(message.LastInstant).Add(now).Add(row.TraceParent).AddNow();
    }

    private static long HashOf(string gatewayUrn) =>
        BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(gatewayUrn)));

    private static async Task<Dictionary<(string Sender, string MessageKey), (SendId Id, byte[] Hash)>> FindAsync(
        DbTransaction transaction, (string Sender, string MessageKey)[] keys, CancellationToken cancellationToken)
    {
        var parameters = new DynamicParameters();
        for (var i = 0; i < keys.Length; i++)
        {
            parameters.Add($"s{i}", keys[i].Sender);
            parameters.Add($"k{i}", keys[i].MessageKey);
        }

        var sql = FindByKey.Replace("@keys", $"({string.Join(", ", keys.Select((_, i) => $"(@s{i}, @k{i})"))})", StringComparison.Ordinal);
        var found = await transaction.QueryAsync<(string Sender, string Key, byte[] Id, byte[] Hash)>(sql, parameters, cancellationToken);
        return found.ToDictionary(row => (row.Sender, row.Key), row => (SendId.FromBytes(row.Id), row.Hash));
    }

    private static void Count(DbTransaction transaction, IEnumerable<NewMessage> accepted, DateTimeOffset now)
    {
        var groups = accepted.GroupBy(row => (row.Sender, row.Message.Urns.Market, row.Message.Urns.Feed)).ToArray();
        if (groups.Length == 0)
        {
            return;
        }

        var ids = SendId.Batch(now, groups.Length);
        var insert = new InsertRows(InsertCounts);
        for (var i = 0; i < groups.Length; i++)
        {
            var (sender, market, feed) = groups[i].Key;
            insert.Row().Add(ids[i].ToBytes()).Add(now).Add(sender).Add(market).Add(feed)
                .Add(groups[i].Count()).Add(groups[i].Sum(row => row.Message.Readings));
        }

        insert.ExecuteAtCommit(transaction, ending: null);
    }
}
