using System.Data.Common;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>Posts what is due to e-Sight: claims, posts concurrently, records, and keeps the leases of what is still under way.</summary>
internal sealed partial class DeliveryRun(
    ClaimStore claims,
    RecordStore records,
    ESightLists lists,
    ESightClient esight,
    IOptions<DeliveryOptions> options,
    TimeProvider timeProvider,
    ILogger<DeliveryRun> logger) : IAsyncDisposable
{
    private const int RecordTries = 10;
    private static readonly TimeSpan RenewEvery = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan RecordAgainAfter = TimeSpan.FromSeconds(1);

    private readonly BatchQueue<Attempt, bool> _recorder = new(new BatchQueueOptions(1, 64, 64), async attempts =>
    {
        await records.RecordAsync(attempts);
        return new bool[attempts.Count];
    });

    private readonly BatchQueue<MissingCode, bool> _parker = new(new BatchQueueOptions(1, 64, 64), async missing =>
    {
        await records.ParkAsync(missing, CancellationToken.None);
        return new bool[missing.Count];
    });

    private readonly LeaseBook _leases = new(timeProvider);
    private readonly PeriodicTimer _renewals = new(RenewEvery, timeProvider);
    private readonly List<Task> _posts = [];
    private Task _keepingLeases = Task.CompletedTask;

    /// <summary>Does one round: claims as much as there is room for and starts to post it.</summary>
    /// <param name="posting">Cuts off what is under way; it counts as unanswered then.</param>
    /// <param name="cancellationToken">Ends the round before its claim, and hands back what was not posted yet.</param>
    /// <returns>False when nothing was due and nothing is under way.</returns>
    public async Task<bool> StepAsync(CancellationToken posting, CancellationToken cancellationToken)
    {
        // Many small claims cost more than few large ones: wait until a quarter of the room is free.
        while (_posts.Count > options.Value.Concurrency * 3 / 4)
        {
            await OneEndsAsync();
        }

        var asked = timeProvider.GetTimestamp();
        var claimed = await claims.ClaimAsync(options.Value.Concurrency - _posts.Count, cancellationToken);
        if (claimed.Count > 0 && _keepingLeases.IsCompleted)
        {
            _keepingLeases = KeepLeasesAsync();
        }

        foreach (var message in claimed)
        {
            _leases.Add(message, asked);
            _posts.Add(DeliverAsync(message, posting, cancellationToken));
        }

        if (claimed.Count == 0 && _posts.Count > 0)
        {
            await OneEndsAsync();
            return true;
        }

        return claimed.Count > 0;
    }

    /// <summary>Waits for what is under way and for its record.</summary>
    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_posts);
        _renewals.Dispose();
        await _keepingLeases;
        await _recorder.DisposeAsync();
        await _parker.DisposeAsync();
    }

    /// <summary>Keeps the leases until the run is over.</summary>
    private async Task KeepLeasesAsync()
    {
        while (await _renewals.WaitForNextTickAsync())
        {
            var ids = _leases.Ids;
            var asked = timeProvider.GetTimestamp();
            try
            {
                _leases.Renew(ids.Length == 0 ? ids : await claims.RenewAsync(ids, CancellationToken.None), asked);
            }
            catch (Exception exception) when (exception is UnavailableException or DbException)
            {
                // What is being posted comes to its end; nothing more is posted under a lease that another may have by then.
                Log.NotRenewed(logger, ids.Length, exception);
            }
        }
    }

    private async Task OneEndsAsync()
    {
        await Task.WhenAny(_posts);
        _posts.RemoveAll(post => post.IsCompleted);
    }

    private async Task DeliverAsync(ClaimedMessage message, CancellationToken posting, CancellationToken stopping)
    {
        using var activity = SendTraces.StartDelivery(message.SendId, message.Traceparent);
        try
        {
            var missing = await lists.MissingAsync(message.SiteCode, message.Meter, stopping);
            stopping.ThrowIfCancellationRequested();
            if (missing is { } reason)
            {
                await (_parker.TrySubmit(new MissingCode(message, reason), out var parked) ? parked : Task.CompletedTask);
            }
            else if (_leases.Holds(message))
            {
                await PostAsync(message, posting);
            }
            else
            {
                Log.LeaseLost(logger, message.SendId.ToString());
            }
        }
        catch (OperationCanceledException)
        {
            await GiveBackAsync(message);
        }
        catch (UnavailableException exception)
        {
            Log.LeftToItsLease(logger, message.SendId.ToString(), exception);
        }
        finally
        {
            _leases.Remove(message);
        }
    }

    private async Task GiveBackAsync(ClaimedMessage message)
    {
        try
        {
            await claims.GiveBackAsync(message, CancellationToken.None);
        }
        catch (Exception exception) when (exception is UnavailableException or DbException)
        {
            Log.LeftToItsLease(logger, message.SendId.ToString(), exception);
        }
    }

    private async Task PostAsync(ClaimedMessage message, CancellationToken cancellationToken)
    {
        var at = timeProvider.GetUtcNow();
        var started = timeProvider.GetTimestamp();
        var answer = await esight.PostAsync(message.Body, message.SpliceAt, message.SendId.ToString(), cancellationToken);
        await RecordAsync(new Attempt(message, Verdict.Of(answer, message.AfterUnknown), at, timeProvider.GetElapsedTime(started)));
    }

    /// <summary>An answer that is not written down is a message posted twice: try as long as it may help.</summary>
    private async Task RecordAsync(Attempt attempt)
    {
        for (var attemptNumber = 1; attemptNumber <= RecordTries; attemptNumber++)
        {
            try
            {
                if (_recorder.TrySubmit(attempt, out var recorded))
                {
                    await recorded;
                    return;
                }
            }
            catch (UnavailableException exception)
            {
                Log.NotRecorded(logger, attempt.Message.SendId.ToString(), attemptNumber, exception);
            }

            await Task.Delay(RecordAgainAfter, timeProvider);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3021, LogLevel.Error, "The leases of {Count} messages could not be renewed")]
        public static partial void NotRenewed(ILogger logger, int count, Exception exception);

        [LoggerMessage(3022, LogLevel.Error, "e-Sight's answer for {SendId} could not be recorded (try {Try})")]
        public static partial void NotRecorded(ILogger logger, string sendId, int @try, Exception exception);

        [LoggerMessage(3023, LogLevel.Warning, "{SendId} is left until its lease ends")]
        public static partial void LeftToItsLease(ILogger logger, string sendId, Exception exception);

        [LoggerMessage(3024, LogLevel.Warning, "{SendId} is not posted: its lease could not be kept")]
        public static partial void LeaseLost(ILogger logger, string sendId);
    }
}
