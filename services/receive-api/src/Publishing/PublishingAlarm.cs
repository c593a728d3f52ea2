using System.Data.Common;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>Sees to it that somebody empties the outboxes: a task for the wake-up, unless a run is under way already.</summary>
internal sealed partial class PublishingAlarm(
    PublishingDrains drains,
    CloudTasksQueue queue,
    DatabaseClock clock,
    IOptions<PublishingOptions> options,
    TimeProvider timeProvider,
    ILogger<PublishingAlarm> logger)
{
    /// <summary>Call it after a commit. It does not fail: what it could not wake, the next commit or the sweep wakes.</summary>
    public async Task SetAsync(CancellationToken cancellationToken)
    {
        // For both outboxes: a run ends by looking for what either of them has due.
        if (await drains.Publishing.TrySetAlarmAsync(token => CreateTaskAsync(null, token), timeProvider, cancellationToken) is { } fault)
        {
            Log.NotSet(logger, fault);
        }
    }

    /// <summary>Has the outboxes looked at again later.</summary>
    public async Task SetInAsync(TimeSpan delay, CancellationToken cancellationToken)
    {
        try
        {
            await CreateTaskAsync(await clock.GetNowAsync(cancellationToken) + delay, cancellationToken);
        }
        catch (Exception exception) when (exception is UnavailableException or DbException)
        {
            Log.NotSet(logger, exception);
        }
    }

    private async Task CreateTaskAsync(DateTimeOffset? at, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var task = new HttpTask(
            $"{settings.ServiceUrl.TrimEnd('/')}{PublishingEndpoints.WakeUpPath}", settings.TasksAccount, settings.Audience)
        {
            ScheduleTime = at,
            DispatchDeadline = PublishingRun.Deadline,
        };
        await queue.CreateAsync(settings.Queue, task, cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(6101, LogLevel.Warning, "No wake-up could be arranged; the sweep will publish")]
        public static partial void NotSet(ILogger logger, Exception exception);
    }
}
