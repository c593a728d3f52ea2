namespace EnergyLoad.MySql;

/// <summary>
/// Shares one piece of work among all who wait at that moment: a group commit, or one read for many requests.
/// An item is only ever part of work that starts after it was submitted.
/// </summary>
/// <typeparam name="TItem">What is asked.</typeparam>
/// <typeparam name="TResult">What comes back for each item.</typeparam>
public sealed class BatchQueue<TItem, TResult> : IAsyncDisposable
{
    private readonly Lock _lock = new();
    private readonly Queue<Entry> _entries = new();
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly BatchQueueOptions _options;
    private readonly Func<IReadOnlyList<TItem>, Task<IReadOnlyList<TResult>>> _work;
    private int _waiting;
    private int _workers;
    private bool _isClosed;

    /// <summary>Makes a queue; it does nothing until the first item comes.</summary>
    /// <param name="options">How many batches at once, how large, how long a queue.</param>
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
            lock (_lock)
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

    /// <summary>Takes no more items, finishes those that wait, and returns when all are answered.</summary>
    public async ValueTask DisposeAsync()
    {
        lock (_lock)
        {
            _isClosed = true;
            if (_workers == 0)
            {
                return;
            }
        }

        await _ended.Task;
    }

    private bool TryEnqueue(Entry entry)
    {
        lock (_lock)
        {
            if (_isClosed || _waiting + entry.Count > _options.Capacity)
            {
                return false;
            }

            _entries.Enqueue(entry);
            _waiting += entry.Count;
            if (_workers == _options.Workers || !IsWorthwhileBeside(_workers))
            {
                return true;
            }

            _workers++;
        }

        // Without the caller's context: the request that happens to come first must not lend its trace to all batches to come.
        ThreadPool.UnsafeQueueUserWorkItem(static queue => _ = queue.WorkAsync(), this, preferLocal: false);
        return true;
    }

    /// <summary>
    /// With nothing under way what waits is taken at once, however little. Beside a batch that is, few wait for its end: two small ones cost
    /// more than one that holds both.
    /// </summary>
    private bool IsWorthwhileBeside(int others) => _waiting > 0 && (others == 0 || _waiting >= _options.WorthBeside);

    private async Task WorkAsync()
    {
        while (Take() is { } batch)
        {
            await DoAsync(batch);
        }
    }

    /// <returns>Null when there is nothing to do; the worker has ended then.</returns>
    private List<Entry>? Take()
    {
        lock (_lock)
        {
            if (!IsWorthwhileBeside(_workers - 1))
            {
                _workers--;
                if (_isClosed && _workers == 0)
                {
                    _ended.SetResult();
                }

                return null;
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

    private async Task DoAsync(List<Entry> batch)
    {
        try
        {
            var items = new List<TItem>(batch.Sum(entry => entry.Count));
            batch.ForEach(entry => entry.AddTo(items));
            var results = await _work(items);
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
