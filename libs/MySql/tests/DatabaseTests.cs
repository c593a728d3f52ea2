using System.Data.Common;
using EnergyLoad.Hosting;
using EnergyLoad.Testing;

namespace EnergyLoad.MySql.Tests;

public sealed class DatabaseTests(TestDatabase server) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Sessions_read_what_others_have_committed()
    {
        await server.ExecuteAsync("CREATE TABLE read_committed (n INT NOT NULL)");
        var seen = await server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                var before = await transaction.QueryAsync<long>("SELECT COUNT(*) FROM read_committed", null, token);
                await server.Database.ExecuteAsync("INSERT INTO read_committed (n) VALUES (1)", null, token);
                var after = await transaction.QueryAsync<long>("SELECT COUNT(*) FROM read_committed", null, token);
                return (before.Single(), after.Single());
            },
            CancellationToken.None);

        Assert.Equal((0, 1), seen);
    }

    [Fact]
    public async Task A_snapshot_does_not_see_what_others_commit_meanwhile_and_the_next_session_does()
    {
        await server.ExecuteAsync("CREATE TABLE snapshot (n INT NOT NULL)");
        var seen = await server.Database.InSnapshotAsync(
            async (transaction, token) =>
            {
                var before = await transaction.QueryAsync<long>("SELECT COUNT(*) FROM snapshot", null, token);
                await server.Database.ExecuteAsync("INSERT INTO snapshot (n) VALUES (1)", null, token);
                var after = await transaction.QueryAsync<long>("SELECT COUNT(*) FROM snapshot", null, token);
                return (before.Single(), after.Single());
            },
            CancellationToken.None);

        Assert.Equal((0, 0), seen);
        Assert.Equal([1L], await server.Database.QueryAsync<long>("SELECT COUNT(*) FROM snapshot", null, CancellationToken.None));
    }

    [Fact]
    public async Task Times_and_text_keys_come_back_as_they_were_written()
    {
        await server.ExecuteAsync("CREATE TABLE round_trip (name VARBINARY(40) NOT NULL, at DATETIME(6) NOT NULL)");
        var at = new DateTimeOffset(2026, 3, 29, 2, 30, 0, TimeSpan.FromHours(2)).AddTicks(1_234_560);

        await server.Database.ExecuteAsync(
            "INSERT INTO round_trip (name, at) VALUES (@name, @at)", new { name = "Zähler ", at }, CancellationToken.None);
        var row = (await server.Database.QueryAsync<(string Name, DateTimeOffset At)>("SELECT name, at FROM round_trip", null, CancellationToken.None)).Single();

        Assert.Equal("Zähler ", row.Name);
        Assert.Equal(at, row.At);
        Assert.Equal(TimeSpan.Zero, row.At.Offset);
    }

    [Fact]
    public async Task A_server_without_room_is_unavailable_and_no_fault_of_ours()
    {
        // A table in memory is full long before a disk is, and says it in the same words.
        await server.ExecuteAsync("SET SESSION max_heap_table_size = 16384; CREATE TABLE no_room (text CHAR(200) NOT NULL) ENGINE=MEMORY");

        await Assert.ThrowsAsync<UnavailableException>(() => server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                for (var row = 0; row < 10_000; row++)
                {
                    await transaction.ExecuteAsync("INSERT INTO no_room (text) VALUES ('x')", null, token);
                }
            },
            CancellationToken.None));
    }

    [Fact]
    public async Task An_act_that_loses_a_deadlock_is_done_again()
    {
        await server.ExecuteAsync(
            "CREATE TABLE deadlock (id INT NOT NULL PRIMARY KEY, n INT NOT NULL); INSERT INTO deadlock VALUES (1, 0), (2, 0)");
        using var bothHold = new Barrier(2);
        var runs = 0;

        Task ActAsync(int first, int second)
        {
            var met = false;
            return server.Database.InTransactionAsync(
                async (transaction, token) =>
                {
                    Interlocked.Increment(ref runs);
                    await transaction.ExecuteAsync("UPDATE deadlock SET n = n + 1 WHERE id = @first", new { first }, token);
                    if (!met)
                    {
                        met = true;
                        bothHold.SignalAndWait(token);
                    }

                    await transaction.ExecuteAsync("UPDATE deadlock SET n = n + 1 WHERE id = @second", new { second }, token);
                },
                CancellationToken.None);
        }

        await Task.WhenAll(Task.Run(() => ActAsync(1, 2)), Task.Run(() => ActAsync(2, 1)));

        Assert.Equal([2L, 2L], await server.Database.QueryAsync<long>("SELECT n FROM deadlock ORDER BY id", null, CancellationToken.None));
        Assert.Equal(3, runs);
    }

    [Fact]
    public async Task A_faulty_act_leaves_nothing_behind()
    {
        await server.ExecuteAsync("CREATE TABLE atomic (n INT NOT NULL)");

        await Assert.ThrowsAnyAsync<DbException>(() => server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                await transaction.ExecuteAsync("INSERT INTO atomic (n) VALUES (1)", null, token);
                await transaction.ExecuteAsync("INSERT INTO no_such_table (n) VALUES (1)", null, token);
            },
            CancellationToken.None));

        Assert.Equal(0, (await server.Database.QueryAsync<long>("SELECT COUNT(*) FROM atomic", null, CancellationToken.None)).Single());
    }

    [Fact]
    public async Task A_server_that_cannot_be_reached_is_unavailable()
    {
        var options = server.Options;
        options.Port = 1;

        await Assert.ThrowsAsync<UnavailableException>(() => new Database(options).OpenAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_wrong_password_is_unavailable_and_is_not_told()
    {
        var options = server.Options;
        options.Password = "canary-of-the-password";

        var refused = await Assert.ThrowsAsync<UnavailableException>(() => new Database(options).OpenAsync(CancellationToken.None));

        Assert.DoesNotContain("canary", refused.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_session_killed_in_the_middle_makes_the_act_unavailable()
    {
        await Assert.ThrowsAsync<UnavailableException>(() => server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                var id = (await transaction.QueryAsync<long>("SELECT CONNECTION_ID()", null, token)).Single();
                await server.Database.ExecuteAsync($"KILL {id}", null, token);
                await transaction.QueryAsync<long>("SELECT 1", null, token);
            },
            CancellationToken.None));
    }
}
