using System.Buffers.Binary;
using System.Data.Common;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>Commits messages in groups: one multi-row INSERT and one commit for all who wait.</summary>
internal sealed class AcceptStore(Database database, TimeProvider timeProvider)
{
    private const int ColumnsOfARow = 17;

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
        INSERT INTO ledger_counts (id, accepted_at, sender, market, feed, messages, readings)
        VALUES (@id, @now, @sender, @market, @feed, @messages, @readings)
        """;

    /// <summary>Commits a batch; the outcomes are in the order of the messages.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">The database did not answer: nothing, or everything, was committed.</exception>
    public async Task<IReadOnlyList<AcceptOutcome>> CommitAsync(IReadOnlyList<NewMessage> messages)
    {
        // The first of equal keys is written, in the order of the keys, so that two batches never wait for each other in a circle.
        var rows = messages.DistinctBy(message => message.Key).OrderBy(message => message.Sender, StringComparer.Ordinal)
            .ThenBy(message => message.Message.MessageId, StringComparer.Ordinal).ToArray();
        var committed = new Dictionary<(string Sender, string MessageKey), AcceptOutcome>(rows.Length);
        foreach (var chunk in ChunksOf(rows))
        {
            await CommitOrBisectAsync(chunk, committed);
        }

        var first = new HashSet<(string Sender, string MessageKey)>();
        var hashes = rows.ToDictionary(row => row.Key, row => row.BodyHash);
        return [.. messages.Select(message => first.Add(message.Key)
            ? committed[message.Key]
            : Repeat(committed[message.Key], message.BodyHash, hashes[message.Key]))];
    }

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

    private static IEnumerable<NewMessage[]> ChunksOf(NewMessage[] rows)
    {
        var start = 0;
        var bytes = 0;
        for (var i = 0; i < rows.Length; i++)
        {
            if (i > start && bytes + rows[i].Message.Body.Length > ChunkBytes)
            {
                yield return rows[start..i];
                (start, bytes) = (i, 0);
            }

            bytes += rows[i].Message.Body.Length;
        }

        yield return rows[start..];
    }

    private async Task CommitOrBisectAsync(NewMessage[] rows, Dictionary<(string Sender, string MessageKey), AcceptOutcome> outcomes)
    {
        try
        {
            foreach (var (key, outcome) in await database.InTransactionAsync((transaction, token) => WriteAsync(transaction, rows, token), CancellationToken.None))
            {
                outcomes[key] = outcome;
            }
        }
        catch (DbException exception) when (rows.Length == 1)
        {
            outcomes[rows[0].Key] = new AcceptOutcome.Faulted(exception);
        }
        catch (DbException)
        {
            // One row of the batch cannot be written: it shall fail alone.
            await CommitOrBisectAsync(rows[..(rows.Length / 2)], outcomes);
            await CommitOrBisectAsync(rows[(rows.Length / 2)..], outcomes);
        }
    }

    private async Task<Dictionary<(string Sender, string MessageKey), AcceptOutcome>> WriteAsync(DbTransaction transaction, NewMessage[] rows, CancellationToken cancellationToken)
    {
        var now = timeProvider.GetUtcNow();
        var ids = SendId.Batch(now, rows.Length);
        var written = await InsertAsync(transaction, rows, ids, now, cancellationToken);
        var outcomes = new Dictionary<(string Sender, string MessageKey), AcceptOutcome>(rows.Length);
        var found = written == rows.Length ? null : await FindAsync(transaction, rows, cancellationToken);
        for (var i = 0; i < rows.Length; i++)
        {
            outcomes[rows[i].Key] = found is null ? new AcceptOutcome.Accepted(ids[i]) : OutcomeOf(found[rows[i].Key], ids[i], rows[i].BodyHash);
        }

        await CountAsync(transaction, [.. rows.Where(row => outcomes[row.Key] is AcceptOutcome.Accepted)], now, cancellationToken);
        return outcomes;
    }

    private static AcceptOutcome OutcomeOf((SendId Id, byte[] Hash) found, SendId ours, byte[] hash) =>
        found.Id == ours ? new AcceptOutcome.Accepted(ours) : Compare(found.Id, found.Hash, hash);

    private static async Task<int> InsertAsync(DbTransaction transaction, NewMessage[] rows, SendId[] ids, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        var sql = new StringBuilder(InsertMessages, InsertMessages.Length + (rows.Length * ColumnsOfARow * 6));
        for (var i = 0; i < rows.Length; i++)
        {
            AppendRow(command, sql, rows[i], ids[i], now, isFirst: i == 0);
        }

        // Not INSERT IGNORE, which would hide a truncation as well.
        command.CommandText = sql.Append(" ON DUPLICATE KEY UPDATE id = id").ToString();
        return await command.ExecuteNonQueryAsync(cancellationToken);
    }

    private static void AppendRow(DbCommand command, StringBuilder sql, NewMessage row, SendId id, DateTimeOffset now, bool isFirst)
    {
        var message = row.Message;
        sql.Append(isFirst ? " (" : ", (");
        foreach (var value in (ReadOnlySpan<object?>)[
            id.ToBytes(), row.Sender, message.MessageId, ToArray(message.Body), row.BodyHash, message.SpliceAt, message.GatewayUrn,
            HashOf(message.GatewayUrn), message.Urns.Market, message.Urns.Feed, message.Urns.Site, message.Urns.Meter, message.Readings,
            message.FirstInstant.UtcDateTime, message.LastInstant.UtcDateTime, now.UtcDateTime, row.TraceParent])
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = $"@{command.Parameters.Count}";
            parameter.Value = value ?? DBNull.Value;
            command.Parameters.Add(parameter);
            sql.Append(parameter.ParameterName).Append(", ");
        }

        sql.Append("UTC_TIMESTAMP(6))");
    }

    private static byte[] ToArray(ReadOnlyMemory<byte> bytes) =>
        MemoryMarshal.TryGetArray(bytes, out var segment) && segment.Count == segment.Array!.Length ? segment.Array : bytes.ToArray();

    private static long HashOf(string gatewayUrn) => BinaryPrimitives.ReadInt64BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(gatewayUrn)));

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

    private static Task<int> CountAsync(DbTransaction transaction, NewMessage[] accepted, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var groups = accepted.GroupBy(row => (row.Sender, row.Message.Urns.Market, row.Message.Urns.Feed)).ToArray();
        var ids = SendId.Batch(now, groups.Length);
        var counts = groups.Select((group, i) => new
        {
            id = ids[i].ToBytes(),
            now,
            sender = group.Key.Sender,
            market = group.Key.Market,
            feed = group.Key.Feed,
            messages = group.Count(),
            readings = group.Sum(row => row.Message.Readings),
        });
        return transaction.ExecuteAsync(InsertCounts, counts, cancellationToken);
    }
}
