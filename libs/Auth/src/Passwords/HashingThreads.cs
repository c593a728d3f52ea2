using System.Collections.Concurrent;

namespace EnergyLoad.Auth.Passwords;

/// <summary>
/// Runs hashes on threads of its own, as many as may run at once. A thread finds the memory of its last hash again, still in the
/// processor's cache, and requests keep the threads of the pool. The threads start with the first hash.
/// </summary>
internal sealed class HashingThreads : IDisposable
{
    private readonly BlockingCollection<Action> _hashes = [];
    private readonly Lazy<Thread[]> _threads;

    public HashingThreads(int count) => _threads = new(() => Start(count));

    public Task<T> RunAsync<T>(Func<T> hash)
    {
        var task = new Task<T>(hash, TaskCreationOptions.RunContinuationsAsynchronously);
        _ = _threads.Value;
        _hashes.Add(task.RunSynchronously);
        return task;
    }

    /// <summary>Ends the threads when the hashes that were asked for are done.</summary>
    public void Dispose()
    {
        _hashes.CompleteAdding();
        if (_threads.IsValueCreated)
        {
            Array.ForEach(_threads.Value, thread => thread.Join());
        }

        _hashes.Dispose();
    }

    private Thread[] Start(int count)
    {
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(Work) { IsBackground = true, Name = "password hashing" }).ToArray();

        // The request that happens to come first must not lend its trace to all hashes to come.
        Array.ForEach(threads, thread => thread.UnsafeStart());
        return threads;
    }

    private void Work()
    {
        foreach (var hash in _hashes.GetConsumingEnumerable())
        {
            hash();
        }
    }
}
