using EnergyLoad.Auth.Passwords;
using EnergyLoad.Hosting;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statement 6: concurrent hashing is bounded by memory and by cores, and its queue is bounded too.</summary>
public sealed class HashingBudgetTests
{
    [Fact]
    public async Task S6_hashes_wait_for_memory_in_order_of_arrival()
    {
        var budget = new HashingBudget(memoryKib: 100, concurrency: 10, queueLimit: 10);
        var first = await budget.EnterAsync(80, goesFirst: false, CancellationToken.None);
        var large = budget.EnterAsync(90, goesFirst: false, CancellationToken.None);
        var small = budget.EnterAsync(10, goesFirst: false, CancellationToken.None);
        Assert.False(large.IsCompleted);
        Assert.False(small.IsCompleted);

        first.Dispose();

        using var largeTurn = await large;
        using var smallTurn = await small;
    }

    [Fact]
    public async Task S6_no_more_hashes_run_than_there_are_cores_for()
    {
        var budget = new HashingBudget(memoryKib: 1000, concurrency: 2, queueLimit: 10);
        using var first = await budget.EnterAsync(1, goesFirst: false, CancellationToken.None);
        var second = await budget.EnterAsync(1, goesFirst: false, CancellationToken.None);
        var third = budget.EnterAsync(1, goesFirst: false, CancellationToken.None);
        Assert.False(third.IsCompleted);

        second.Dispose();
        second.Dispose();

        using var turn = await third;
        Assert.False(budget.EnterAsync(1, goesFirst: false, CancellationToken.None).IsCompleted);
    }

    [Fact]
    public async Task S6_past_the_queue_the_next_is_refused_as_unavailable()
    {
        var budget = new HashingBudget(memoryKib: 100, concurrency: 1, queueLimit: 2);
        using var running = await budget.EnterAsync(1, goesFirst: false, CancellationToken.None);
        _ = budget.EnterAsync(1, goesFirst: false, CancellationToken.None);
        _ = budget.EnterAsync(1, goesFirst: false, CancellationToken.None);

        await Assert.ThrowsAsync<UnavailableException>(() => budget.EnterAsync(1, goesFirst: false, CancellationToken.None));
    }

    [Fact]
    public async Task S6_who_gives_up_leaves_the_queue_to_those_behind()
    {
        var budget = new HashingBudget(memoryKib: 100, concurrency: 10, queueLimit: 2);
        using var running = await budget.EnterAsync(60, goesFirst: false, CancellationToken.None);
        using var patience = new CancellationTokenSource();
        var large = budget.EnterAsync(90, goesFirst: false, patience.Token);
        var small = budget.EnterAsync(10, goesFirst: false, CancellationToken.None);

        await patience.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => large);
        using var turn = await small;
    }

    [Fact]
    public async Task S6_a_flood_of_strangers_neither_stands_before_known_users_nor_fills_their_queue()
    {
        var budget = new HashingBudget(memoryKib: 100, concurrency: 1, queueLimit: 1);
        var running = await budget.EnterAsync(1, goesFirst: false, CancellationToken.None);
        var stranger = budget.EnterAsync(1, goesFirst: false, CancellationToken.None);
        var known = budget.EnterAsync(1, goesFirst: true, CancellationToken.None);

        running.Dispose();

        var turn = await known;
        Assert.False(stranger.IsCompleted);
        turn.Dispose();
        using var last = await stranger;
    }
}
