using EnergyLoad.MySql;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>The drain of the outbox, and what wakes it.</summary>
internal sealed partial class PublishingAlarm(
    Database database, OutcomeOutbox outbox, WakeUp wakeUp, TimeProvider timeProvider, ILogger<PublishingAlarm> logger) : IDisposable
{
    public Drain Drain { get; } = new(database, new DrainOptions(SendMigrations.DrainTable, SendMigrations.PublishingDrain), timeProvider);

    /// <summary>Wakes the drain when there is something to tell.</summary>
    public async Task WakeIfDueAsync(CancellationToken cancellationToken)
    {
        if (await outbox.Rows.NextDueAsync(cancellationToken) <= TimeSpan.Zero)
        {
            await AfterCommitAsync();
        }
    }

    /// <summary>Call it after a commit. It does not fail: what it could not wake, the next commit or the sweep wakes.</summary>
    public async Task AfterCommitAsync()
    {
        if (await Drain.TrySetAlarmAsync(token => SetAsync(delay: null, token), timeProvider, CancellationToken.None) is { } fault)
        {
            Log.NotSet(logger, fault);
        }
    }

    /// <summary>Has the outbox looked at, at once or later.</summary>
    public Task SetAsync(TimeSpan? delay, CancellationToken cancellationToken) =>
        wakeUp.SetAsync(PublishingEndpoints.WakeUpPath, delay, cancellationToken);

    public void Dispose() => Drain.Dispose();

    private static partial class Log
    {
        [LoggerMessage(4102, LogLevel.Warning, "No wake-up for the outbox could be arranged; the sweep will publish")]
        public static partial void NotSet(ILogger logger, Exception exception);
    }
}
