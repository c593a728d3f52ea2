using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>One wake-up: tells what is due, on whichever instance was woken, and sets the alarm for what is due later.</summary>
internal sealed class PublishingRun(
    PublishingAlarm alarm, EventPublisher publisher, OutcomeOutbox outbox, SendMetrics metrics, IHostApplicationLifetime lifetime)
{
    // What is due later than that is found by the sweep, which comes once a minute.
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        metrics.OutboxAged(await outbox.Rows.LagAsync(stop.Token));
        var end = await alarm.Drain.RunAsync(publisher.StepAsync, stop.Token);
        var pause = end switch
        {
            DrainEnd.Empty => await outbox.Rows.NextDueAsync(stop.Token),
            DrainEnd.OutOfTime => TimeSpan.Zero,
            _ => null,
        };
        if (pause < LongestPause)
        {
            await alarm.SetAsync(pause > TimeSpan.Zero ? pause : null, stop.Token);
        }
    }
}
