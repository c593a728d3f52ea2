using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>One wake-up: tells and archives whatever is due, on whichever instance was woken.</summary>
internal sealed class PublishingRun(
    PublishingDrains drains,
    EventPublisher publisher,
    ReportArchiver archiver,
    Outboxes outboxes,
    PublishingAlarm alarm,
    IHostApplicationLifetime lifetime)
{
    /// <summary>How long the caller of a run waits; a run ends well before it.</summary>
    public static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    // What is due later than that is found by the sweep, which comes once a minute.
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(60);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var pauses = await Task.WhenAll(
            EmptyAsync(drains.Publishing, publisher.StepAsync, outboxes.Publishing, stop.Token),
            EmptyAsync(drains.Archiving, archiver.StepAsync, outboxes.Archiving, stop.Token));

        if (pauses.Min() is { } pause && pause < LongestPause)
        {
            await alarm.SetInAsync(pause > TimeSpan.Zero ? pause : TimeSpan.Zero, stop.Token);
        }
    }

    /// <returns>When to wake it again; null when nobody need, or another run sees to it.</returns>
    private static async Task<TimeSpan?> EmptyAsync(
        Drain drain, Func<CancellationToken, Task<bool>> step, Outbox outbox, CancellationToken cancellationToken) =>
        await drain.RunAsync(step, cancellationToken) switch
        {
            DrainEnd.Empty => await outbox.NextDueAsync(cancellationToken),
            DrainEnd.OutOfTime => TimeSpan.Zero,
            _ => null,
        };
}
