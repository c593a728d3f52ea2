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

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        var pauses = await Task.WhenAll(
            EmptyAsync(drains.Publishing, publisher.StepAsync, outboxes.Publishing, stop.Token),
            EmptyAsync(drains.Archiving, archiver.StepAsync, outboxes.Archiving, stop.Token));

        if (pauses.Min() is { } pause)
        {
            await alarm.SetInAsync(pause, stop.Token);
        }
    }

    private static async Task<TimeSpan?> EmptyAsync(
        Drain drain, Func<CancellationToken, Task<bool>> step, Outbox outbox, CancellationToken cancellationToken) =>
        await (await drain.RunAsync(step, cancellationToken)).NextAsync(outbox.NextDueAsync, cancellationToken);
}
