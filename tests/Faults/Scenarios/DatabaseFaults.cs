using System.Data;
using System.Data.Common;
using Dapper;
using EnergyLoad.Faults.Tests.World;
using EnergyLoad.MySql;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>MariaDB that hangs, is full, throws sessions out, and whose rows others hold.</summary>
internal static class DatabaseFaults
{
    private const string SetConnections = "SET GLOBAL max_connections = ";
    private const string AsConfigured = "200";
    private const string Least = "10";
    private const string Deadlocks =
        "SELECT CAST(variable_value AS SIGNED) FROM information_schema.global_status WHERE variable_name = 'INNODB_DEADLOCKS'";
    private const string Some = "SELECT id FROM messages WHERE state = 0 ORDER BY RAND() LIMIT 20";
    private const string Touch = "UPDATE messages SET reason = CONCAT(COALESCE(reason, ''), '') WHERE id = @id";
    private const string Gate = "SELECT id FROM esight_gate WHERE id = 1 FOR UPDATE";

    private static readonly string[] HeldRows =
    [
        Gate,
        "SELECT name FROM send_drains FOR UPDATE",
        "SELECT id FROM messages WHERE state = 0 ORDER BY id DESC LIMIT 30 FOR UPDATE",
        "SELECT id FROM receive_outbox FOR UPDATE",
        "SELECT name FROM receive_drains FOR UPDATE",
        "SELECT lane FROM access_log_lanes FOR UPDATE",
    ];

    public static IEnumerable<Scenario> All =>
    [
        new("mariadb-halts", HaltAsync),
        new("mariadb-has-no-connection-left", OutOfConnectionsAsync),
        new("mariadb-ends-sessions", EndSessionsAsync),
        new("lock-timeouts", HoldRowsAsync),
        new("deadlocks", DeadlockAsync),
    ];

    private static async Task HaltAsync(Injection injection)
    {
        await injection.MomentAsync();
        injection.HitsRecords(2);
        await injection.World.Processes.HaltAsync(Role.MariaDb, 0, () => injection.LastAsync(3_000, 9_000));
        await injection.MomentAsync();
    }

    private static async Task OutOfConnectionsAsync(Injection injection)
    {
        await injection.MomentAsync();
        injection.HitsRecords(2);
        var strangers = new List<DbConnection>();
        try
        {
            for (var n = 0; n < 9; n++)
            {
                strangers.Add(await injection.World.Server.Database.OpenAsync(CancellationToken.None));
            }

            await strangers[0].ExecuteAsync(SetConnections + Least);
            injection.Notes.Add($"{await ServerControl.EndSessionsAsync(strangers[0], injection.Random, int.MaxValue)} sessions ended");
            await injection.LastAsync(2_000, 5_000);
        }
        finally
        {
            await strangers[0].ExecuteAsync(SetConnections + AsConfigured);
            foreach (var stranger in strangers)
            {
                await stranger.DisposeAsync();
            }
        }

        await injection.MomentAsync();
    }

    private static async Task EndSessionsAsync(Injection injection)
    {
        injection.HitsRecords(2);
        var ended = 0;
        for (var n = 0; n < 8; n++)
        {
            await injection.MomentAsync();
            await using var session = await injection.World.Server.Database.OpenAsync(CancellationToken.None);
            ended += await ServerControl.EndSessionsAsync(session, injection.Random, injection.Random.Next(1, 6));
        }

        injection.Notes.Add($"{ended} sessions ended");
    }

    /// <summary>Longer than the 2 s that a session waits for a lock.</summary>
    private static async Task HoldRowsAsync(Injection injection)
    {
        injection.HitsRecords(2);
        var rows = HeldRows.ToArray();
        injection.Random.Shuffle(rows);
        foreach (var sql in rows.Take(3))
        {
            await injection.MomentAsync();
            await using var held = await injection.World.Server.HoldAsync(sql);
            await injection.LastAsync(2_500, 4_000);
        }
    }

    /// <summary>
    /// Takes messages first and the gate after them, where the service goes the other way round; its own weight makes the service the
    /// victim.
    /// </summary>
    private static async Task DeadlockAsync(Injection injection)
    {
        injection.HitsRecords(2);
        var before = await injection.World.Server.ReadAsync<long>(Deadlocks);
        for (var n = 0; n < 40; n++)
        {
            await CrossAsync(injection.World.Server.Database);
        }

        await injection.MomentAsync();
        injection.Notes.Add($"{await injection.World.Server.ReadAsync<long>(Deadlocks) - before} deadlocks");
    }

    private static async Task CrossAsync(Database database)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync(IsolationLevel.ReadCommitted);
        try
        {
            await connection.ExecuteAsync("CREATE TEMPORARY TABLE IF NOT EXISTS weight (n INT) ENGINE=InnoDB", transaction: transaction);
            await connection.ExecuteAsync("INSERT INTO weight SELECT seq FROM seq_1_to_2000", transaction: transaction);
            foreach (var id in (await connection.QueryAsync<byte[]>(Some, transaction: transaction)).ToArray())
            {
                await connection.ExecuteAsync(Touch, new { id }, transaction);
            }

            await connection.ExecuteAsync(Gate, transaction: transaction);
        }
        catch (DbException exception) when (SqlErrors.IsLockConflict(exception))
        {
            // The stranger was the victim this time.
        }
    }
}
