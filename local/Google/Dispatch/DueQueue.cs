using System.Diagnostics.CodeAnalysis;

namespace EnergyLoad.Local.Google.Dispatch;

/// <summary>Things to do, each from its moment on; equal moments in the order they were added.</summary>
internal sealed class DueQueue<T>(TimeProvider clock)
{
    // A timer cannot wait for ever; a look now and then costs nothing.
    private static readonly TimeSpan LongestWait = TimeSpan.FromMinutes(1);
    private readonly Lock _lock = new();
    private readonly PriorityQueue<T, (DateTimeOffset Due, long Order)> _items = new();
    private TaskCompletionSource _added = NewSignal();
    private long _order;

    public void Add(T item, DateTimeOffset due)
    {
        lock (_lock)
        {
            _items.Enqueue(item, (due, _order++));
            _added.TrySetResult();
        }
    }

    public bool TryTake([MaybeNullWhen(false)] out T item) => TryTake(out item, out _);

    public async Task<T> TakeAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            var added = NextSignal();
            if (TryTake(out var item, out var wait))
            {
                return item;
            }

            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            await Task.WhenAny(added, Task.Delay(wait, clock, stop.Token));
            cancellationToken.ThrowIfCancellationRequested();
            await stop.CancelAsync();
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private Task NextSignal()
    {
        lock (_lock)
        {
            _added = _added.Task.IsCompleted ? NewSignal() : _added;
            return _added.Task;
        }
    }

    private bool TryTake([MaybeNullWhen(false)] out T item, out TimeSpan wait)
    {
        lock (_lock)
        {
            wait = LongestWait;
            if (!_items.TryPeek(out item, out var next))
            {
                return false;
            }

            var left = next.Due - clock.GetUtcNow();
            if (left > TimeSpan.Zero)
            {
                wait = left < LongestWait ? left : LongestWait;
                return false;
            }

            _items.Dequeue();
            return true;
        }
    }
}
