using System.Data.Common;

namespace EnergyLoad.MySql;

/// <summary>
/// What must be told to others, committed together with what it tells of. A claimed row is nobody else's until its lease ends.
/// </summary>
/// <param name="database">The database.</param>
/// <param name="table">The owner's outbox table.</param>
public sealed class Outbox(Database database, string table)
{
    // In milliseconds.
    private const long FirstDelay = 200;
    private const long LongestDelay = 60_000;

    private readonly byte[] _owner = Guid.CreateVersion7().ToByteArray(bigEndian: true);

    private string Claim => $"""
        SELECT id, kind, payload, attempts FROM {table}
        WHERE due_at <= UTC_TIMESTAMP(6) ORDER BY due_at, id LIMIT @most FOR UPDATE SKIP LOCKED
        """;

    private string Release => $"UPDATE {table} SET owner = NULL, due_at = UTC_TIMESTAMP(6) WHERE id IN @ids AND owner = @owner";

    private string PutBack => $"""
        UPDATE {table} SET owner = NULL, attempts = attempts + 1, due_at = UTC_TIMESTAMP(6) + INTERVAL @milliseconds * 1000 MICROSECOND
        WHERE id IN @ids AND owner = @owner
        """;

    private string Oldest => $"SELECT TIMESTAMPDIFF(MICROSECOND, MIN(created_at), UTC_TIMESTAMP(6)) FROM {table}";

    private string NextDue => $"SELECT TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), MIN(due_at)) FROM {table}";

    /// <summary>The step that makes an outbox table.</summary>
    /// <param name="table">The table, one per owner.</param>
    /// <param name="level">The step's level.</param>
    public static MigrationStep Step(string table, int level) => new(level, $"create {table}", $"""
        CREATE TABLE IF NOT EXISTS {table} (
          id BINARY(16) NOT NULL PRIMARY KEY,
          kind VARBINARY(40) NOT NULL,
          payload MEDIUMBLOB NOT NULL,
          attempts INT NOT NULL DEFAULT 0,
          owner BINARY(16) NULL,
          created_at DATETIME(6) NOT NULL,
          due_at DATETIME(6) NOT NULL,
          KEY due (due_at)
        ) ENGINE=InnoDB DEFAULT CHARACTER SET utf8mb4 COLLATE utf8mb4_bin
        """);

    /// <summary>Adds rows, sent with the commit of the transaction of what they tell of.</summary>
    /// <param name="transaction">The transaction of the act.</param>
    /// <param name="entries">Kind and payload of each row.</param>
    public void Add(DbTransaction transaction, IReadOnlyCollection<OutboxEntry> entries) =>
        Insert(transaction, entries, owner: null, TimeSpan.Zero);

    /// <summary>Adds rows that are claimed from their commit on, for who tells them without reading them back.</summary>
    /// <param name="transaction">The transaction of the act.</param>
    /// <param name="entries">Kind and payload of each row.</param>
    /// <param name="lease">How long they are ours; a row that is not completed by then is claimed by anyone.</param>
    /// <returns>The rows, in the order of the entries; they are there once the transaction is committed.</returns>
    public IReadOnlyList<OutboxRow> AddClaimed(DbTransaction transaction, IReadOnlyCollection<OutboxEntry> entries, TimeSpan lease) =>
        Insert(transaction, entries, _owner, lease);

    /// <summary>Takes due rows, oldest first, out of everybody else's sight for the time of the lease.</summary>
    /// <param name="most">How many rows at most.</param>
    /// <param name="lease">How long they are ours; a row that is not completed by then is claimed again by anyone.</param>
    /// <param name="cancellationToken">Cancels the claim.</param>
    public Task<IReadOnlyList<OutboxRow>> ClaimAsync(int most, TimeSpan lease, CancellationToken cancellationToken) =>
        database.InTransactionAsync<IReadOnlyList<OutboxRow>>(
            async (transaction, token) =>
            {
                var rows = await transaction.QueryAsync<OutboxRow>(Claim, new { most }, token);
                if (rows.Count > 0)
                {
                    var ids = HexLiteral.OfAll(rows.Select(row => row.Id));
                    transaction.ExecuteAtCommit(
                        $"UPDATE {table} SET owner = {HexLiteral.Of(_owner)}, due_at = {InsertRows.NowPlus(lease)} WHERE id IN ({ids})");
                }

                return rows;
            },
            cancellationToken);

    /// <summary>Removes rows that were told; those whose lease went to another stay.</summary>
    /// <param name="ids">The rows' ids.</param>
    /// <param name="record">Adds what is committed with it; null for nothing.</param>
    /// <param name="cancellationToken">Cancels the delete.</param>
    public Task CompleteAsync(IReadOnlyCollection<byte[]> ids, Action<DbTransaction>? record, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ids.Count == 0 ? Task.CompletedTask : database.InTransactionAsync(
            (transaction, _) =>
            {
                record?.Invoke(transaction);
                transaction.ExecuteAtCommit(
                    $"DELETE FROM {table} WHERE id IN ({HexLiteral.OfAll(ids)}) AND owner = {HexLiteral.Of(_owner)}");
                return Task.CompletedTask;
            },
            cancellationToken);
    }

    /// <summary>Gives claimed rows back untold: they are due at once, to anyone.</summary>
    /// <param name="ids">The rows' ids; those whose lease went to another stay as they are.</param>
    /// <param name="cancellationToken">Cancels the update.</param>
    public Task ReleaseAsync(IReadOnlyCollection<byte[]> ids, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(ids);
        return ExecuteAsync(Release, new { ids, owner = _owner }, ids, cancellationToken);
    }

    /// <summary>
    /// Gives rows back that could not be told, to be tried again later: up to 200 ms later, twice as much with every attempt that failed
    /// before, up to a minute. It never gives up.
    /// </summary>
    /// <param name="rows">The rows; those whose lease went to another stay as they are.</param>
    /// <param name="cancellationToken">Cancels the update.</param>
    public Task PostponeAsync(IReadOnlyCollection<OutboxRow> rows, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(rows);
        byte[][] ids = [.. rows.Select(row => row.Id)];
        var attempts = rows.Select(row => row.Attempts).DefaultIfEmpty().Max();
        var milliseconds = (long)(Random.Shared.NextDouble() * Math.Min(LongestDelay, FirstDelay << Math.Min(attempts, 20)));
        return ExecuteAsync(PutBack, new { ids, owner = _owner, milliseconds }, ids, cancellationToken);
    }

    /// <summary>Age of the oldest row that was not told yet; null when there is none.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<TimeSpan?> LagAsync(CancellationToken cancellationToken) => ReadSpanAsync(Oldest, cancellationToken);

    /// <summary>Time until the next row is due, zero or less when one is; null when there is none.</summary>
    /// <param name="cancellationToken">Cancels the read.</param>
    public Task<TimeSpan?> NextDueAsync(CancellationToken cancellationToken) => ReadSpanAsync(NextDue, cancellationToken);

    private async Task<TimeSpan?> ReadSpanAsync(string sql, CancellationToken cancellationToken) =>
        (await database.QueryAsync<long?>(sql, null, cancellationToken)).Single() is { } microseconds
            ? TimeSpan.FromMicroseconds(microseconds)
            : null;

    private List<OutboxRow> Insert(DbTransaction transaction, IReadOnlyCollection<OutboxEntry> entries, byte[]? owner, TimeSpan lease)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(entries);
        var rows = new List<OutboxRow>(entries.Count);
        var insert = new InsertRows($"INSERT INTO {table} (id, kind, payload, owner, created_at, due_at) VALUES");
        foreach (var entry in entries)
        {
            var id = Guid.CreateVersion7().ToByteArray(bigEndian: true);
            insert.Row().Add(id).Add(entry.Kind).Add(entry.Payload).Add(owner).AddNow().AddNowPlus(lease);
            rows.Add(new OutboxRow { Id = id, Kind = entry.Kind, Payload = entry.Payload, Attempts = 0 });
        }

        if (rows.Count > 0)
        {
            insert.ExecuteAtCommit(transaction, ending: null);
        }

        return rows;
    }

    private Task ExecuteAsync(string sql, object parameters, IReadOnlyCollection<byte[]> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? Task.CompletedTask : database.ExecuteAsync(sql, parameters, cancellationToken);
}
