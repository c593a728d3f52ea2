namespace EnergyLoad.Local.Gateway.Upkeep;

/// <summary>Fetches everything once before the listener opens, then again whenever it is due.</summary>
internal sealed class UpkeepService(IEnumerable<IRefreshed> all, TimeProvider timeProvider) : BackgroundService, IHostedLifecycleService
{
    private (IRefreshed Refreshed, TimeSpan Due)[] _fetched = [];

    public async Task StartingAsync(CancellationToken cancellationToken) =>
        _fetched = await Task.WhenAll(all.Select(refreshed => FetchFirstAsync(refreshed, cancellationToken)));

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(_fetched.Select(item => KeepFreshAsync(item.Refreshed, item.Due, stoppingToken)));

    private async Task<(IRefreshed Refreshed, TimeSpan Due)> FetchFirstAsync(IRefreshed refreshed, CancellationToken cancellationToken)
    {
        var due = await refreshed.RefreshAsync(cancellationToken);
        while (!refreshed.MayStart)
        {
            await Task.Delay(due, timeProvider, cancellationToken);
            due = await refreshed.RefreshAsync(cancellationToken);
        }

        return (refreshed, due);
    }

    private async Task KeepFreshAsync(IRefreshed refreshed, TimeSpan due, CancellationToken cancellationToken)
    {
        while (true)
        {
            await Task.Delay(due, timeProvider, cancellationToken);
            due = await refreshed.RefreshAsync(cancellationToken);
        }
    }
}
