using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>Sets the alarm clock: a Cloud Tasks task that says "drain now" and nothing else.</summary>
internal sealed partial class WakeUp(
    Drain drain, CloudTasksQueue tasks, DatabaseClock clock, IOptions<DeliveryOptions> options, TimeProvider timeProvider,
    ILogger<WakeUp> logger)
    : IHostedService
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);
    private readonly DeliveryOptions _options = options.Value;

    /// <summary>
    /// Call it after a commit and before the answer. It never fails: what is committed is found by the next sweep at the latest.
    /// </summary>
    public async Task AfterCommitAsync()
    {
        if (await drain.TrySetAlarmAsync(token => SetAsync(delay: null, token), timeProvider, CancellationToken.None) is { } fault)
        {
            Log.NotSet(logger, fault);
        }
    }

    /// <summary>Wakes the drain at once, or later.</summary>
    /// <param name="delay">How much later; null or zero for at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SetAsync(TimeSpan? delay, CancellationToken cancellationToken) =>
        SetAsync(DeliveryEndpoints.DrainPath, delay, cancellationToken);

    /// <summary>Has one of the service's internal routes called.</summary>
    /// <param name="path">The route.</param>
    /// <param name="delay">How much later; null or zero for at once.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task SetAsync(string path, TimeSpan? delay, CancellationToken cancellationToken) => await SetAsync(
        path, delay > TimeSpan.Zero ? await clock.GetNowAsync(cancellationToken) + delay : null, name: null, cancellationToken);

    /// <summary>Has one of the service's internal routes called; of those who ask under one name, one is heard.</summary>
    /// <param name="path">The route.</param>
    /// <param name="at">When; null for at once.</param>
    /// <param name="name">The task's name; null for one of its own.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public Task SetAsync(string path, DateTimeOffset? at, string? name, CancellationToken cancellationToken) =>
        tasks.CreateAsync(
            _options.Queue,
            new HttpTask($"{_options.ServiceUrl.TrimEnd('/')}{path}", _options.TasksAccount, _options.Audience)
            {
                Name = name,
                ScheduleTime = at,
                DispatchDeadline = Deadline,
            },
            cancellationToken);

    /// <summary>A start may follow a crash: what was claimed or never woken then is looked at now.</summary>
    public Task StartAsync(CancellationToken cancellationToken)
    {
        _ = Task.Run(() => StartUpAsync(cancellationToken), cancellationToken);
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task StartUpAsync(CancellationToken cancellationToken)
    {
        try
        {
            await SetAsync(delay: null, cancellationToken);
        }
        catch (UnavailableException exception)
        {
            Log.NotSet(logger, exception);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3001, LogLevel.Error, "The drain could not be woken; the next sweep will")]
        public static partial void NotSet(ILogger logger, Exception exception);
    }
}
