using System.Data.Common;
using EnergyLoad.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyLoad.MySql.Tests;

public sealed class OutboxTests(TestDatabase server) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Table = "test_outbox";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(30);

    public async Task InitializeAsync()
    {
        await new Migrator(server.Database, NullLogger<Migrator>.Instance).RunAsync(new("outbox", [Outbox.Step(Table, 1)]), CancellationToken.None);
        await server.ExecuteAsync($"DELETE FROM {Table}");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task A_row_of_an_act_that_was_rolled_back_is_never_told()
    {
        var outbox = new Outbox(server.Database, Table);
        await Assert.ThrowsAsync<InvalidOperationException>(() => server.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                outbox.Add(transaction, [new("kind", [1])]);
                throw new InvalidOperationException("the act failed");
            },
            CancellationToken.None));

        Assert.Empty(await outbox.ClaimAsync(10, Lease, CancellationToken.None));
    }

    [Fact]
    public async Task Two_instances_never_hold_the_same_row()
    {
        var (one, other) = (new Outbox(server.Database, Table), new Outbox(server.Database, Table));
        await AddAsync(one, 100);

        var claims = await Task.WhenAll(Enumerable.Range(0, 10).Select(n => (n % 2 == 0 ? one : other).ClaimAsync(20, Lease, CancellationToken.None)));

        var ids = claims.SelectMany(claim => claim).Select(row => Convert.ToHexString(row.Id)).ToArray();
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.Empty(await one.ClaimAsync(100, Lease, CancellationToken.None).ContinueWith(rest => rest.Result.Where(row => ids.Contains(Convert.ToHexString(row.Id))), TaskScheduler.Default));
    }

    [Fact]
    public async Task A_row_whose_lease_went_to_another_cannot_be_completed()
    {
        var (slow, next) = (new Outbox(server.Database, Table), new Outbox(server.Database, Table));
        await AddAsync(slow, 1);
        var held = await slow.ClaimAsync(1, TimeSpan.Zero, CancellationToken.None);
        var taken = await next.ClaimAsync(1, Lease, CancellationToken.None);
        Assert.Equal(held.Single().Id, taken.Single().Id);

        await slow.CompleteAsync([held[0].Id], record: null, CancellationToken.None);
        Assert.NotNull(await next.LagAsync(CancellationToken.None));

        await next.CompleteAsync([taken[0].Id], record: null, CancellationToken.None);
        Assert.Null(await next.LagAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_row_that_is_added_as_claimed_is_nobody_elses_until_its_lease_ends()
    {
        var (owner, other) = (new Outbox(server.Database, Table), new Outbox(server.Database, Table));
        var held = await AddClaimedAsync(owner, Lease);
        var left = await AddClaimedAsync(owner, TimeSpan.Zero);

        Assert.Equal(left.Id, Assert.Single(await other.ClaimAsync(10, Lease, CancellationToken.None)).Id);

        await owner.CompleteAsync([held.Id, left.Id], record: null, CancellationToken.None);
        await server.ExecuteAsync($"UPDATE {Table} SET due_at = UTC_TIMESTAMP(6)");
        Assert.Equal(left.Id, Assert.Single(await other.ClaimAsync(10, Lease, CancellationToken.None)).Id);
    }

    [Fact]
    public async Task A_claimed_row_that_is_released_is_due_to_anyone_without_a_failure()
    {
        var (owner, other) = (new Outbox(server.Database, Table), new Outbox(server.Database, Table));
        var held = await AddClaimedAsync(owner, Lease);

        await other.ReleaseAsync([held.Id], CancellationToken.None);
        Assert.Empty(await other.ClaimAsync(10, Lease, CancellationToken.None));

        await owner.ReleaseAsync([held.Id], CancellationToken.None);
        Assert.Equal(0, Assert.Single(await other.ClaimAsync(10, Lease, CancellationToken.None)).Attempts);
    }

    [Fact]
    public async Task A_row_stays_when_what_is_recorded_with_its_removal_cannot_be()
    {
        var outbox = new Outbox(server.Database, Table);
        var held = await AddClaimedAsync(outbox, Lease);

        await Assert.ThrowsAnyAsync<DbException>(() => outbox.CompleteAsync(
            [held.Id], transaction => transaction.ExecuteAtCommit("UPDATE no_such_table SET id = 1"), CancellationToken.None));

        Assert.NotNull(await outbox.LagAsync(CancellationToken.None));
    }

    [Fact]
    public async Task A_row_that_was_put_back_comes_again_with_its_count_of_failures()
    {
        var outbox = new Outbox(server.Database, Table);
        await AddAsync(outbox, 1);
        var claimed = await outbox.ClaimAsync(1, Lease, CancellationToken.None);
        Assert.True(await outbox.NextDueAsync(CancellationToken.None) > TimeSpan.Zero);

        await outbox.PostponeAsync(claimed, CancellationToken.None);

        Assert.True(await outbox.NextDueAsync(CancellationToken.None) <= TimeSpan.FromMilliseconds(200));
        await server.ExecuteAsync($"UPDATE {Table} SET due_at = UTC_TIMESTAMP(6)");
        var again = (await outbox.ClaimAsync(1, Lease, CancellationToken.None)).Single();
        Assert.Equal((1, "kind", (byte)0), (again.Attempts, again.Kind, again.Payload[0]));
    }

    [Fact]
    public async Task A_row_that_failed_again_and_again_waits_a_minute_at_most()
    {
        var outbox = new Outbox(server.Database, Table);
        await AddAsync(outbox, 1);
        await server.ExecuteAsync($"UPDATE {Table} SET attempts = 1000");

        await outbox.PostponeAsync(await outbox.ClaimAsync(1, Lease, CancellationToken.None), CancellationToken.None);

        Assert.True(await outbox.NextDueAsync(CancellationToken.None) <= TimeSpan.FromMinutes(1));
    }

    private Task AddAsync(Outbox outbox, int count) => server.Database.InTransactionAsync(
        (transaction, _) =>
        {
            outbox.Add(transaction, [.. Enumerable.Range(0, count).Select(n => new OutboxEntry("kind", [(byte)n]))]);
            return Task.CompletedTask;
        },
        CancellationToken.None);

    private async Task<OutboxRow> AddClaimedAsync(Outbox outbox, TimeSpan lease) => (await server.Database.InTransactionAsync(
        (transaction, _) => Task.FromResult(outbox.AddClaimed(transaction, [new OutboxEntry("kind", [1])], lease)), CancellationToken.None))[0];
}
