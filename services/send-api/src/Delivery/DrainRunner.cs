using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>What a wake-up does: empty the queue, then set the alarm for what is due later.</summary>
internal sealed class DrainRunner(
    Drain drain, ClaimStore claims, WakeUp wakeUp, OutcomeFollower follower, IServiceProvider services, TimeProvider timeProvider)
{
    // What is due later than this is the sweep's, which comes every minute.
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(1);

    // A stop lets what is under way come to its end, for as long as the platform lets us: then it counts as unanswered.
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(6);

    // The drain shows its sign of life between two steps.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(3);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var empty = await follower.FollowAsync(drain.RunAsync(EmptyAsync, cancellationToken), cancellationToken);
        var next = empty ? await claims.NextDueAsync(cancellationToken) : TimeSpan.Zero;
        if (next is { } wait && wait < Horizon)
        {
            await wakeUp.SetAsync(wait > TimeSpan.Zero ? wait : null, cancellationToken);
        }
    }

    private async Task<bool> EmptyAsync(CancellationToken cancellationToken)
    {
        await using var run = ActivatorUtilities.CreateInstance<DeliveryRun>(services);
        using var posts = new CancellationTokenSource();
        await using var stop = cancellationToken.Register(() => posts.CancelAfter(Grace));
        using var over = new CancellationTokenSource();
        var leases = run.KeepLeasesAsync(over.Token);
        try
        {
            var resent = await follower.ResendAsync(cancellationToken);
            return await EmptyAsync(run, posts.Token, cancellationToken) || resent;
        }
        finally
        {
            await run.FinishAsync();
            await over.CancelAsync();
            await leases.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<bool> EmptyAsync(DeliveryRun run, CancellationToken posting, CancellationToken cancellationToken)
    {
        var started = timeProvider.GetTimestamp();
        var any = false;
        while (!cancellationToken.IsCancellationRequested
            && timeProvider.GetElapsedTime(started) < LongestStep
            && await run.StepAsync(posting, cancellationToken))
        {
            any = true;
        }

        return any;
    }
}
