using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>One wake-up: tells what is due, on whichever instance was woken, and sets the alarm for what is due later.</summary>
internal sealed class PublishingRun(
    PublishingAlarm alarm, EventPublisher publisher, OutcomeOutbox outbox, SendMetrics metrics, IHostApplicationLifetime lifetime)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, lifetime.ApplicationStopping);
        metrics.OutboxAged(await outbox.Rows.LagAsync(stop.Token));
        var end = await alarm.Drain.RunAsync(publisher.StepAsync, stop.Token);
        if (await end.NextAsync(outbox.Rows.NextDueAsync, stop.Token) is { } pause)
        {
            await alarm.SetAsync(pause, stop.Token);
        }
    }
}
