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
    private int _waiting;
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
                return _waiting;
            }
        }
    }

    /// <summary>Puts an item in the queue.</summary>
    /// <param name="item">What is asked.</param>
    /// <param name="result">Ends when the batch with the item has ended.</param>
    /// <returns>False when the queue is full or closed; nothing was taken then.</returns>
    public bool TrySubmit(TItem item, out Task<TResult> result)
    {
        var entry = new One(item);
        result = entry.Completion.Task;
        return TryEnqueue(entry);
    }

    /// <summary>Puts items in the queue that stay together: they are part of one batch, in their order, however large it gets.</summary>
    /// <param name="items">What is asked.</param>
    /// <param name="results">Ends when the batch with the items has ended; in the order of the items.</param>
    /// <returns>False when the queue has no room for all of them or is closed; nothing was taken then.</returns>
    public bool TrySubmitTogether(IReadOnlyList<TItem> items, out Task<TResult[]> results)
    {
        var entry = new Several(items);
        results = entry.Completion.Task;
        return TryEnqueue(entry);
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

    private bool TryEnqueue(Entry entry)
    {
        lock (_entries)
        {
            if (_isClosed || _waiting + entry.Count > _options.Capacity)
            {
                return false;
            }

            if (_workers.Length == 0)
            {
                _workers = Start();
            }

            _entries.Enqueue(entry);
            _waiting += entry.Count;
            Monitor.Pulse(_entries);
            return true;
        }
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
        while (Take() is { Count: > 0 } batch)
        {
            Do(batch);
        }
    }

    /// <returns>Nothing when the queue is closed and empty.</returns>
    private List<Entry> Take()
    {
        lock (_entries)
        {
            while (_entries.Count == 0 && !_isClosed)
            {
                Monitor.Wait(_entries);
            }

            var batch = new List<Entry>();
            var count = 0;
            while (_entries.TryPeek(out var next) && (count == 0 || count + next.Count <= _options.MaximumBatch))
            {
                batch.Add(_entries.Dequeue());
                count += next.Count;
            }

            _waiting -= count;
            return batch;
        }
    }

    private void Do(List<Entry> batch)
    {
        try
        {
            var items = new List<TItem>(batch.Sum(entry => entry.Count));
            batch.ForEach(entry => entry.AddTo(items));
            var results = _work(items).GetAwaiter().GetResult();
            var done = 0;
            foreach (var entry in batch)
            {
                entry.End(results, done);
                done += entry.Count;
            }
        }
#pragma warning disable CA1031 // A queue boundary: the fault belongs to those who wait for the batch.
        catch (Exception exception)
#pragma warning restore CA1031
        {
            batch.ForEach(entry => entry.Fail(exception));
        }
    }

    private abstract class Entry
    {
        public abstract int Count { get; }

        public abstract void AddTo(List<TItem> items);

        /// <param name="results">Those of the whole batch.</param>
        /// <param name="start">Where those of this entry start.</param>
        public abstract void End(IReadOnlyList<TResult> results, int start);

        public abstract void Fail(Exception exception);
    }

    private sealed class One(TItem item) : Entry
    {
        public TaskCompletionSource<TResult> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override int Count => 1;

        public override void AddTo(List<TItem> items) => items.Add(item);

        public override void End(IReadOnlyList<TResult> results, int start) => Completion.SetResult(results[start]);

        public override void Fail(Exception exception) => Completion.TrySetException(exception);
    }

    private sealed class Several(IReadOnlyList<TItem> together) : Entry
    {
        public TaskCompletionSource<TResult[]> Completion { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override int Count => together.Count;

        public override void AddTo(List<TItem> items) => items.AddRange(together);

        public override void End(IReadOnlyList<TResult> results, int start)
        {
            var own = new TResult[together.Count];
            for (var i = 0; i < own.Length; i++)
            {
                own[i] = results[start + i];
            }

            Completion.SetResult(own);
        }

        public override void Fail(Exception exception) => Completion.TrySetException(exception);
    }
}
