using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>What a wake-up does: empty the queue, then set the alarm for what is due later.</summary>
internal sealed class DrainRunner(
    Drain drain, ClaimStore claims, WakeUp wakeUp, OutcomeFollower follower, IServiceProvider services, TimeProvider timeProvider)
{
    // The drain shows its sign of life between two steps.
    private static readonly TimeSpan LongestStep = TimeSpan.FromSeconds(3);

    /// <summary>Empties the queue.</summary>
    /// <param name="grace">How long a stop waits for what is being posted; after that it counts as unanswered.</param>
    /// <param name="isRepeated">Whether the wake-up comes again because a run broke off.</param>
    /// <param name="cancellationToken">The stop: nothing more is claimed, and what is not posted yet is handed back.</param>
    public async Task RunAsync(TimeSpan grace, bool isRepeated, CancellationToken cancellationToken)
    {
        if (isRepeated)
        {
            follower.ExpectMissedNews();
        }

        var end = await follower.FollowAsync(drain.RunAsync(token => EmptyAsync(grace, token), cancellationToken), cancellationToken);
        if (await end.NextAsync(claims.NextDueAsync, cancellationToken) is { } wait)
        {
            await wakeUp.SetAsync(wait, cancellationToken);
        }
    }

    private async Task<bool> EmptyAsync(TimeSpan grace, CancellationToken cancellationToken)
    {
        using var posts = new CancellationTokenSource();
        await using var stop = cancellationToken.Register(() => posts.CancelAfter(grace));
        await using var run = ActivatorUtilities.CreateInstance<DeliveryRun>(services);
        var resent = await follower.ResendAsync(cancellationToken);
        return await EmptyAsync(run, posts.Token, cancellationToken) || resent;
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
