using System.Data.Common;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.SendApi.Outcomes.Resending;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What is done behind acceptance and delivery, beside the drain that their wake-ups start, and by the sweep.</summary>
internal sealed partial class OutcomeFollower(
    SearchProjector search, ResendJobRunner resends, ParkedMessages parked, PublishingAlarm publishing, TimeProvider timeProvider,
    ILogger<OutcomeFollower> logger)
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(500);

    /// <summary>Says that a run broke off before this one: what it told is looked for.</summary>
    public void ExpectMissedNews() => search.ExpectMissedNews();

    /// <summary>Follows as long as the drain runs, and once more after it: what was committed before its end is found.</summary>
    public async Task<DrainEnd> FollowAsync(Task<DrainEnd> drain, CancellationToken cancellationToken)
    {
        while (!drain.IsCompleted && !cancellationToken.IsCancellationRequested)
        {
            await ProjectAsync(token => search.RunAsync(wait: false, token), cancellationToken);
            await LookBesideAsync(cancellationToken);
            while (!cancellationToken.IsCancellationRequested && await ResendAsync(cancellationToken))
            {
                // A long backlog must not hold up a resend, nor a resend the search.
                await ProjectAsync(token => search.RunAsync(wait: false, token), cancellationToken);
            }

            await Task.WhenAny(drain, Task.Delay(Every, timeProvider, cancellationToken));
        }

        var end = await drain;
        if (end != DrainEnd.LeftToAnother)
        {
            await ProjectAsync(token => search.RunAsync(wait: true, token), cancellationToken);
            await LookBesideAsync(cancellationToken);
        }

        return end;
    }

    /// <summary>Does one batch of the resends that were asked for.</summary>
    /// <returns>False when none was.</returns>
    public async Task<bool> ResendAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await resends.StepAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is UnavailableException or DbException or OperationCanceledException)
        {
            Tell(Log.NotResent, exception, cancellationToken);
            return false;
        }
    }

    /// <summary>Looks back further than a drain does.</summary>
    public Task SweepAsync(CancellationToken cancellationToken) => ProjectAsync(search.SweepAsync, cancellationToken);

    private async Task ProjectAsync(Func<CancellationToken, Task> project, CancellationToken cancellationToken)
    {
        try
        {
            await project(cancellationToken);
        }
        catch (Exception exception) when (exception is UnavailableException or DbException or OperationCanceledException)
        {
            // Delivery does not end for a search that lags; the next round takes it up where this one stopped.
            Tell(Log.NotProjected, exception, cancellationToken);
        }
    }

    /// <summary>Has what was decided told, and lets parked messages go that e-Sight knows by now.</summary>
    private async Task LookBesideAsync(CancellationToken cancellationToken)
    {
        try
        {
            await publishing.WakeIfDueAsync(cancellationToken);
            await parked.LookAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is UnavailableException or DbException or OperationCanceledException)
        {
            Tell(Log.NotLookedAt, exception, cancellationToken);
        }
    }

    // What a stop cuts off is taken up by the next round, wherever that is.
    private void Tell(Action<ILogger, Exception> line, Exception exception, CancellationToken cancellationToken)
    {
        if (!cancellationToken.IsCancellationRequested)
        {
            line(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4011, LogLevel.Error, "The rows that searches read could not be brought up to date")]
        public static partial void NotProjected(ILogger logger, Exception exception);

        [LoggerMessage(4013, LogLevel.Error, "The outbox and the parked messages could not be looked at; the next round will")]
        public static partial void NotLookedAt(ILogger logger, Exception exception);

        [LoggerMessage(4012, LogLevel.Error, "A batch of a resend did not go through; it is tried again")]
        public static partial void NotResent(ILogger logger, Exception exception);
    }
}
