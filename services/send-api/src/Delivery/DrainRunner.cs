using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>What a wake-up does: empty the queue, then set the alarm for what is due later.</summary>
internal sealed class DrainRunner(Drain drain, ClaimStore claims, WakeUp wakeUp, IServiceProvider services, TimeProvider timeProvider)
{
    // What is due later than this is the sweep's, which comes every minute.
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(1);

    // The drain shows its sign of life between two steps.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(3);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var empty = await drain.RunAsync(EmptyAsync, cancellationToken);
        var next = empty ? await claims.NextDueAsync(cancellationToken) : TimeSpan.Zero;
        if (next is { } wait && wait < Horizon)
        {
            await wakeUp.SetAsync(wait > TimeSpan.Zero ? wait : null, cancellationToken);
        }
    }

    private async Task<bool> EmptyAsync(CancellationToken cancellationToken)
    {
        await using var run = ActivatorUtilities.CreateInstance<DeliveryRun>(services);
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var leases = run.KeepLeasesAsync(over.Token);
        var started = timeProvider.GetTimestamp();
        var any = false;
        while (!cancellationToken.IsCancellationRequested && timeProvider.GetElapsedTime(started) < LongestStep && await run.StepAsync(cancellationToken))
        {
            any = true;
        }

        await over.CancelAsync();
        await leases.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return any;
    }
}
