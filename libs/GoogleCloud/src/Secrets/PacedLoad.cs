namespace EnergyLoad.GoogleCloud.Secrets;

/// <summary>Runs a load for all who ask before it begins: one load after the other, their beginnings at least the pause apart.</summary>
internal sealed class PacedLoad(Func<CancellationToken, Task> load, TimeSpan pause, TimeProvider time)
{
    private static readonly TimeSpan LongestLoad = TimeSpan.FromSeconds(30);
    private readonly Lock _lock = new();
    private Task _running = Task.CompletedTask;
    private Task? _waiting;
    private long? _begun;

    /// <summary>Ends with a load that began after this call, so that it has seen all that happened before.</summary>
    public Task RunAsync(CancellationToken ct)
    {
        lock (_lock)
        {
            return (_waiting ??= RunNextAsync(_running)).WaitAsync(ct);
        }
    }

    private async Task RunNextAsync(Task before)
    {
        await Task.Yield();
        await before.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_begun is { } begun && pause - time.GetElapsedTime(begun) is { Ticks: > 0 } rest)
        {
            await Task.Delay(rest, time);
        }

        lock (_lock)
        {
            _running = _waiting!;
            _waiting = null;
            _begun = time.GetTimestamp();
        }

        using var limit = new CancellationTokenSource(LongestLoad, time);
        await load(limit.Token);
    }
}
