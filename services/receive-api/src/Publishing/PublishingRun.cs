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
        var emptied = await Task.WhenAll(
            drains.Publishing.RunAsync(publisher.StepAsync, stop.Token),
            drains.Archiving.RunAsync(archiver.StepAsync, stop.Token));

        var pause = emptied.Contains(false) ? TimeSpan.Zero : await NextDueAsync(stop.Token);
        if (pause < LongestPause)
        {
            await alarm.SetInAsync(pause.Value, stop.Token);
        }
    }

    private async Task<TimeSpan?> NextDueAsync(CancellationToken cancellationToken)
    {
        var dues = await Task.WhenAll(outboxes.Publishing.NextDueAsync(cancellationToken), outboxes.Archiving.NextDueAsync(cancellationToken));
        return dues.Min() is { } due ? TimeSpan.FromTicks(Math.Max(0, due.Ticks)) : null;
    }
}
