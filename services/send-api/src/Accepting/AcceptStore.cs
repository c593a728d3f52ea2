using System.Buffers.Binary;
using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
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

    /// <summary>Commits a batch; the outcomes are in the order of the messages.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">The database did not answer: nothing, or everything, was committed.</exception>
    public async Task<IReadOnlyList<AcceptOutcome>> CommitAsync(IReadOnlyList<NewMessage> messages)
    {
        var firsts = new Dictionary<(string Sender, string MessageKey), int>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            firsts.TryAdd(messages[i].Key, i);
        }

        // The first of equal keys is written, in the order of the keys, so that two batches never wait for each other in a circle.
        var rows = firsts.Values.ToArray();
        Array.Sort(rows, (one, other) => CompareKeys(messages[one].Key, messages[other].Key));
        var outcomes = new AcceptOutcome[messages.Count];

        var started = timeProvider.GetTimestamp();

        // The ids follow the order of arrival, which is the order of delivery, over all instances.
        var now = await clock.GetNowAsync(CancellationToken.None);
        var ids = SendId.Batch(now, messages.Count);
        foreach (var chunk in ChunksOf(rows, messages))
        {
            // One row that cannot be written shall fail alone.
            var committed = await Bisection.RunAsync(chunk, part =>
            {
                var (written, theirIds) = (part.Select(row => messages[row]).ToArray(), part.Select(row => ids[row]).ToArray());
                return database.InTransactionAsync(
                    (transaction, token) => WriteAsync(transaction, written, theirIds, now, token), CancellationToken.None);
            });
            for (var i = 0; i < chunk.Length; i++)
            {
                outcomes[chunk[i]] = OutcomeOf(committed[i]);
            }
        }

        if (timeProvider.GetElapsedTime(started) > SearchProjector.LateAfter)
        {
            news.Late.Add(outcomes.OfType<AcceptOutcome.Accepted>().Select(accepted => accepted.Id.ToBytes()));
        }

        for (var i = 0; i < outcomes.Length; i++)
        {
            var first = firsts[messages[i].Key];
            outcomes[i] = first == i ? outcomes[i] : Repeat(outcomes[first], messages[i].BodyHash, messages[first].BodyHash);
        }

        return outcomes;
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
        DbTransaction transaction, NewMessage[] rows, SendId[] ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var written = await InsertAsync(transaction, rows, ids, now, cancellationToken);
        var found = written == rows.Length ? null : await FindAsync(transaction, rows, cancellationToken);
        AcceptOutcome[] outcomes = [.. rows.Select((row, i) =>
            found is null ? new AcceptOutcome.Accepted(ids[i]) : OutcomeOf(found[row.Key], ids[i], row.BodyHash))];
        Count(transaction, [.. rows.Where((_, i) => outcomes[i] is AcceptOutcome.Accepted)], now);
        return outcomes;
    }

    private static AcceptOutcome OutcomeOf(Task<AcceptOutcome> committed) =>
        committed.Exception is { } fault ? new AcceptOutcome.Faulted(fault.InnerException!) : committed.Result;

    private static AcceptOutcome OutcomeOf((SendId Id, byte[] Hash) found, SendId ours, byte[] hash) =>
        found.Id == ours ? new AcceptOutcome.Accepted(ours) : Compare(found.Id, found.Hash, hash);

    private static Task<int> InsertAsync(
        DbTransaction transaction, NewMessage[] rows, SendId[] ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var insert = new InsertRows(InsertMessages);
        for (var i = 0; i < rows.Length; i++)
        {
            AddRow(insert, rows[i], ids[i], now);
        }

        // Not INSERT IGNORE, which would hide a truncation as well.
        return insert.ExecuteAsync(transaction, "ON DUPLICATE KEY UPDATE id = id", cancellationToken);
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
        DbTransaction transaction, NewMessage[] rows, CancellationToken cancellationToken)
    {
        var keys = rows.Select(row => row.Key).ToArray();
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

    private static void Count(DbTransaction transaction, NewMessage[] accepted, DateTimeOffset now)
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
