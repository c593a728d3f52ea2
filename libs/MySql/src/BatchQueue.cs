using System.Threading.Channels;

namespace EnergyLoad.MySql;

/// <summary>
/// Shares one piece of work among all who wait at that moment: a group commit, or one read for many requests.
/// An item is only ever part of work that starts after it was submitted.
/// </summary>
/// <typeparam name="TItem">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back for each item.</typeparam>
public sealed class BatchQueue<TItem, TResult> : IAsyncDisposable
{
    private readonly Channel<Entry> _entries;
    private readonly Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> _work;
    private readonly int _maximumBatch;
    private readonly Task[] _workers;

    /// <summary>Starts the workers.</summary>
    /// <param name="options">How many workers, how large a batch, how long a queue.</param>
    /// <param name="work">Does a batch; the results are in the order of the items. What it throws reaches every item of the batch.</param>
    public BatchQueue(BatchQueueOptions options, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> work)
    {
        ArgumentNullException.ThrowIfNull(options);
        _work = work;
        _maximumBatch = options.MaximumBatch;
        _entries = Channel.CreateBounded<Entry>(new BoundedChannelOptions(options.Capacity) { SingleWriter = false });

        // The request that happens to make the queue must not lend its trace to all batches to come.
        using var suppressed = ExecutionContext.SuppressFlow();
        _workers = [.. Enumerable.Range(0, options.Workers).Select(_ => Task.Run(WorkAsync))];
    }

    /// <summary>How many items wait.</summary>
    public int Waiting => _entries.Reader.Count;

    /// <summary>Puts an item in the queue.</summary>
    /// <param name="item">What is asked.</param>
    /// <param name="result">Ends when the batch with the item has ended.</param>
    /// <returns>False when the queue is full or closed; nothing was taken then.</returns>
    public bool TrySubmit(TItem item, out Task<TResult> result)
    {
        var entry = new Entry(item);
        result = entry.Completion.Task;
        return _entries.Writer.TryWrite(entry);
    }

    /// <summary>Takes no more items, finishes those that wait, and ends the workers.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_entries.Writer.TryComplete())
        {
            await Task.WhenAll(_workers);
        }
    }

    private async Task WorkAsync()
    {
        var batch = new List<Entry>(_maximumBatch);
        while (await _entries.Reader.WaitToReadAsync())
        {
            while (batch.Count < _maximumBatch && _entries.Reader.TryRead(out var entry))
            {
                batch.Add(entry);
            }

            await DoAsync(batch);
            batch.Clear();
        }
    }

    private async Task DoAsync(List<Entry> batch)
    {
        if (batch.Count == 0)
        {
            return;
        }

        try
        {
            var results = await _work([.. batch.Select(entry => entry.Item)]);
            for (var i = 0; i < batch.Count; i++)
            {
                batch[i].Completion.SetResult(results[i]);
            }
        }
#pragma warning disable CA1031 // A queue boundary: the fault belongs to those who wait for the batch.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            foreach (var entry in batch)
            {
                entry.Completion.TrySetException(exception);
            }
        }
    }

    private sealed record Entry(TItem Item)
    {
        public TaskCompletionSource<TResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
