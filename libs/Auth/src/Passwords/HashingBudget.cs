using EnergyLoad.Hosting;

namespace EnergyLoad.Auth.Passwords;

/// <summary>
/// Lets a hash start when its memory fits into the budget and a core is free, in order of arrival. The queue is bounded: past it the
/// attempt is refused with 503, so that a flood of logins ends in refusals and never in an out-of-memory kill. Who goes first has a
/// queue apart, so that a flood of strangers does not stand before users who are known.
/// </summary>
internal sealed class HashingBudget(long memoryKib, int concurrency, int queueLimit)
{
    private readonly Lock _lock = new();
    private readonly LinkedList<Waiter> _first = new();
    private readonly LinkedList<Waiter> _queue = new();
    private long _freeKib = memoryKib;
    private int _freeSlots = concurrency;

    public async Task<IDisposable> EnterAsync(int kib, bool goesFirst, CancellationToken cancellationToken)
    {
        var queue = goesFirst ? _first : _queue;
        LinkedListNode<Waiter> place;
        lock (_lock)
        {
            if (_first.Count == 0 && queue.Count == 0 && Fits(kib))
            {
                return Take(kib);
            }

            if (queue.Count >= queueLimit)
            {
                throw new UnavailableException("The queue for password hashing is full.");
            }

            place = queue.AddLast(new Waiter(kib));
        }

        await using var registration = cancellationToken.Register(() => Leave(queue, place, cancellationToken));
        return await place.Value.Turn.Task;
    }

    private bool Fits(int kib) => _freeSlots > 0 && kib <= _freeKib;

    private Lease Take(int kib)
    {
        _freeSlots--;
        _freeKib -= kib;
        return new Lease(this, kib);
    }

    private void Return(int kib)
    {
        lock (_lock)
        {
            _freeSlots++;
            _freeKib += kib;
            AdmitNext();
        }
    }

    private void Leave(LinkedList<Waiter> queue, LinkedListNode<Waiter> place, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            if (place.Value.Turn.TrySetCanceled(cancellationToken))
            {
                queue.Remove(place);
                // The one that left may have been too large for what is free now; the next may fit.
                AdmitNext();
            }
        }
    }

    private void AdmitNext()
    {
        while ((_first.First ?? _queue.First) is { } first && Fits(first.Value.Kib))
        {
            first.List!.Remove(first);
#pragma warning disable CA2000 // The lease is the waiter's, who disposes of it.
            first.Value.Turn.SetResult(Take(first.Value.Kib));
#pragma warning restore CA2000
        }
    }

    private sealed record Waiter(int Kib)
    {
        public TaskCompletionSource<IDisposable> Turn { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private sealed class Lease(HashingBudget budget, int kib) : IDisposable
    {
        private int _returned;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _returned, 1) == 0)
            {
                budget.Return(kib);
            }
        }
    }
}
