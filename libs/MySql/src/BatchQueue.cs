namespace EnergyLoad.MySql;

/// <summary>
/// Shares one piece of work among all who wait at that moment: a group commit, or one read for many requests.
/// An item is only ever part of work that starts after it was submitted. Each worker has a thread of its own: a driver that blocks
/// holds up no request, and the pool needs hardly more threads than the machine has processors.
/// </summary>
/// <typeparam name="TItem">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back for each item.</typeparam>
public sealed class BatchQueue<TItem, TResult> : IAsyncDisposable
{
    private readonly Queue<Entry> _entries = new();
    private readonly BatchQueueOptions _options;
    private readonly Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> _work;
    private Task[] _workers = [];
    private bool _isClosed;

    /// <summary>Makes a queue; its workers start with the first item.</summary>
    /// <param name="options">How many workers, how large a batch, how long a queue.</param>
    /// <param name="work">Does a batch; the results are in the order of the items. What it throws reaches every item of the batch.</param>
    public BatchQueue(BatchQueueOptions options, Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> work)
    {
        ArgumentNullException.ThrowIfNull(options);
        (_options, _work) = (options, work);
    }

    /// <summary>How many items wait.</summary>
    public int Waiting
    {
        get
        {
            lock (_entries)
            {
                return _entries.Count;
            }
        }
    }

    /// <summary>Puts an item in the queue.</summary>
    /// <param name="item">What is asked.</param>
    /// <param name="result">Ends when the batch with the item has ended.</param>
    /// <returns>False when the queue is full or closed; nothing was taken then.</returns>
    public bool TrySubmit(TItem item, out Task<TResult> result)
    {
        var entry = new Entry(item);
        result = entry.Completion.Task;
        lock (_entries)
        {
            if (_isClosed || _entries.Count >= _options.Capacity)
            {
                return false;
            }

            if (_workers.Length == 0)
            {
                _workers = Start();
            }

            _entries.Enqueue(entry);
            Monitor.Pulse(_entries);
            return true;
        }
    }

    /// <summary>Takes no more items, finishes those that wait, and ends the workers.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_entries)
        {
            _isClosed = true;
            Monitor.PulseAll(_entries);
        }

        await Task.WhenAll(_workers);
    }

    private Task[] Start()
    {
        // The request that happens to come first must not lend its trace to all batches to come.
        using var suppressed = ExecutionContext.SuppressFlow();
        return [.. Enumerable.Range(0, _options.Workers).Select(_ =>
            Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default))];
    }

    private void Work()
    {
        while (Take() is { Length: > 0 } batch)
        {
            Do(batch);
        }
    }

    /// <returns>Nothing when the queue is closed and empty.</returns>
    private Entry[] Take()
    {
        lock (_entries)
        {
            while (_entries.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_entries);
            }

            var batch = new Entry[Math.Min(_entries.Count, _options.MaximumBatch)];
            for (var i = 0; i < batch.Length; i++)
            {
                batch[i] = _entries.Dequeue();
            }

            return batch;
        }
    }

    private void Do(Entry[] batch)
    {
        try
        {
            var results = _work(Array.ConvertAll(batch, entry => entry.Item)).GetAwaiter().GetResult();
            for (var i = 0; i < batch.Length; i++)
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
