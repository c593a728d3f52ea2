using System.Collections.Concurrent;

namespace EnergyLoad.MySql.Tests;

public sealed class BatchQueueTests
{
    [Fact]
    public async Task What_waits_while_a_batch_is_under_way_goes_into_one_batch()
    {
        var gate = new TaskCompletionSource();
        var batches = new List<int>();
        await using var queue = new BatchQueue<int, int>(new BatchQueueOptions(1, 10, 100), async items =>
        {
            batches.Add(items.Count);
            await gate.Task;
            return [.. items.Select(item => item * 2)];
        });

        Assert.True(queue.TrySubmit(1, out var first));
        await WaitUntilAsync(() => batches.Count == 1);
        var rest = Enumerable.Range(2, 5)
            .Select(item => queue.TrySubmit(item, out var result) ? result : throw new InvalidOperationException()).ToArray();
        gate.SetResult();

        Assert.Equal(2, await first);
        var doubled = await Task.WhenAll(rest);
        Assert.Equal([4, 6, 8, 10, 12], doubled);
        Assert.Equal([1, 5], batches);
    }

    [Fact]
    public async Task Beside_a_batch_another_starts_when_enough_wait_and_fewer_wait_for_its_end()
    {
        var gate = new TaskCompletionSource();
        var batches = new ConcurrentQueue<int[]>();
        await using var queue = new BatchQueue<int, int>(new BatchQueueOptions(2, 10, 100, WorthBeside: 3), async items =>
        {
            batches.Enqueue([.. items]);
            await (items[0] == 1 ? gate.Task : Task.CompletedTask);
            return items;
        });

        Assert.True(queue.TrySubmit(1, out var first));
        await WaitUntilAsync(() => batches.Count == 1);
        Assert.True(queue.TrySubmit(2, out _));
        Assert.True(queue.TrySubmit(3, out _));
        await Task.Delay(50);
        Assert.Equal(2, queue.Waiting);
        Assert.True(queue.TrySubmit(4, out var third));
        Assert.Equal(4, await third);
        Assert.True(queue.TrySubmit(5, out var alone));
        Assert.False(first.IsCompleted);
        gate.SetResult();

        Assert.Equal(5, await alone);
        Assert.Equal([[1], [2, 3, 4], [5]], batches);
    }

    [Fact]
    public async Task A_full_queue_refuses_and_keeps_nothing()
    {
        var gate = new TaskCompletionSource();
        var seen = new List<int>();
        await using var queue = new BatchQueue<int, int>(new BatchQueueOptions(1, 1, 1), async items =>
        {
            seen.AddRange(items);
            await gate.Task;
            return [.. items];
        });

        Assert.True(queue.TrySubmit(1, out _));
        await WaitUntilAsync(() => seen.Count == 1);
        Assert.True(queue.TrySubmit(2, out var second));
        Assert.False(queue.TrySubmit(3, out _));
        gate.SetResult();
        await second;
        Assert.Equal([1, 2], seen);
    }

    [Fact]
    public async Task What_was_submitted_together_stays_together_however_large_a_batch_gets()
    {
        var gate = new TaskCompletionSource();
        var batches = new List<int[]>();
        await using var queue = new BatchQueue<int, int>(new BatchQueueOptions(1, 3, 10), async items =>
        {
            batches.Add([.. items]);
            await gate.Task;
            return [.. items.Select(item => item * 2)];
        });

        Assert.True(queue.TrySubmit(1, out var first));
        await WaitUntilAsync(() => batches.Count == 1);
        Assert.True(queue.TrySubmit(2, out _));
        Assert.True(queue.TrySubmitTogether([3, 4, 5, 6], out var together));
        Assert.True(queue.TrySubmitTogether([7, 8, 9], out var others));
        Assert.False(queue.TrySubmitTogether([10, 11, 12], out _));
        gate.SetResult();

        Assert.Equal(2, await first);
        int[][] doubled = [await together, await others];
        Assert.Equal([[6, 8, 10, 12], [14, 16, 18]], doubled);
        Assert.Equal([[1], [2], [3, 4, 5, 6], [7, 8, 9]], batches);
    }

    [Fact]
    public async Task A_fault_reaches_everybody_of_its_batch_and_nobody_else()
    {
        await using var queue = new BatchQueue<int, int>(
            new BatchQueueOptions(1, 1, 10), items => items[0] < 0
                ? throw new InvalidOperationException("negative")
                : Task.FromResult(items));

        Assert.True(queue.TrySubmit(-1, out var bad));
        Assert.True(queue.TrySubmit(1, out var good));

        await Assert.ThrowsAsync<InvalidOperationException>(() => bad);
        Assert.Equal(1, await good);
    }

    [Fact]
    public async Task Closing_finishes_what_waits_and_takes_no_more()
    {
        var queue = new BatchQueue<int, int>(new BatchQueueOptions(2, 10, 100), async items =>
        {
            await Task.Yield();
            return items;
        });
        var results = Enumerable.Range(0, 50)
            .Select(item => queue.TrySubmit(item, out var result) ? result : throw new InvalidOperationException()).ToArray();

        await queue.DisposeAsync();

        Assert.All(results, result => Assert.True(result.IsCompletedSuccessfully));
        Assert.False(queue.TrySubmit(1, out _));
    }

    private static async Task WaitUntilAsync(Func<bool> condition)
    {
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!condition())
        {
            Assert.True(DateTime.UtcNow < deadline, "It did not happen within 30 s.");
            await Task.Delay(5);
        }
    }
}
