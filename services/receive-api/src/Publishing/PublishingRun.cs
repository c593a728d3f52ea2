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
        var pauses = await Task.WhenAll(PublishAsync(stop.Token), ArchiveAsync(stop.Token));

        if (pauses.Min() is { } pause)
        {
            await alarm.SetInAsync(pause, stop.Token);
        }
    }

    private async Task<TimeSpan?> PublishAsync(CancellationToken cancellationToken)
    {
        DrainEnd end;
        outboxes.ShortWay.Open();
        try
        {
            end = await drains.Publishing.RunAsync(publisher.StepAsync, cancellationToken);
        }
        finally
        {
            // Before what is due is looked for: what this gives back sets the alarm for at once.
            await outboxes.ShortWay.CloseAsync();
        }

        return await end.NextAsync(outboxes.Publishing.NextDueAsync, cancellationToken);
    }

    private async Task<TimeSpan?> ArchiveAsync(CancellationToken cancellationToken)
    {
        var end = await drains.Archiving.RunAsync(archiver.StepAsync, cancellationToken);
        return await end.NextAsync(outboxes.Archiving.NextDueAsync, cancellationToken);
    }
}
