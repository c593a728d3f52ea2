namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>A process that is started again when it dies, as Cloud Run would.</summary>
internal sealed class Supervised(string name, Func<CancellationToken, Task<Running>> startAsync, StackEvents events) : IAsyncDisposable
{
    private static readonly TimeSpan RestartPause = TimeSpan.FromMilliseconds(200);
    private readonly CancellationTokenSource _stopping = new();
    private Running? _running;
    private Task _watch = Task.CompletedTask;

    public string Name => name;

    /// <summary>The present process id; another one after each restart.</summary>
    public int Id => _running?.Id ?? 0;

    /// <summary>Starts it, waits until it serves, and watches over it from then on.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        _running = await startAsync(cancellationToken);
        await _running.Ready.WaitAsync(cancellationToken);
        _watch = WatchAsync();
    }

    /// <summary>Stops it for good.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await (_running?.StopAsync() ?? Task.CompletedTask);
        await _watch;
        _stopping.Dispose();
    }

    private async Task WatchAsync()
    {
        while (true)
        {
            await _running!.Exited;
            if (_stopping.IsCancellationRequested)
            {
                return;
            }

            events.Died(name, _running.Id);
            await RestartAsync();
        }
    }

    private async Task RestartAsync()
    {
        while (!_stopping.IsCancellationRequested)
        {
            try
            {
                _running = await startAsync(_stopping.Token);
                events.Restarted(name, _running.Id);
                return;
            }
            catch (Exception exception) when (exception is InvalidOperationException or IOException or OperationCanceledException)
            {
                events.NotRestarted(name, exception.Message);
            }

            await Task.Delay(RestartPause, CancellationToken.None);
        }
    }
}
