using System.Globalization;
using EnergyLoad.Local.Google.Control;
using EnergyLoad.Local.Google.Dispatch;

namespace EnergyLoad.Local.Google.Tasks;

/// <summary>Sends the tasks that are due to their targets.</summary>
internal sealed partial class TaskDispatcher(
    TaskQueues queues, Caller caller, CallerIdentity identity, ControlDesk desk, ILogger<TaskDispatcher> logger) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(queues.All.Select(queue =>
        Pump.RunAsync(queue.Due, queue.AtOnce, desk.Tasks, (task, stop) => DispatchAsync(queue, task, stop), stoppingToken)));

    private async Task DispatchAsync(TaskQueue queue, QueuedTask task, CancellationToken cancellationToken)
    {
        if (task.IsGone)
        {
            return;
        }

        if (desk.Tasks.TakeDrop())
        {
            Log.Dropped(logger, task.Name);
            queue.Drop(task);
            return;
        }

        var call = new OutgoingCall(task.Method, task.Url, HeadersOf(queue, task), task.Body, task.Deadline);
        var twin = desk.Tasks.TakeDuplicate() ? caller.CallAsync(call, cancellationToken) : Task.FromResult(new CallOutcome(200));
        var outcome = await caller.CallAsync(call, cancellationToken);
        await twin;
        if (!outcome.IsSuccess)
        {
            Log.Failed(logger, task.Name, task.Attempts + 1, outcome.Status, outcome.Reason);
        }

        queue.Settle(task, outcome);
    }

    private Dictionary<string, string> HeadersOf(TaskQueue queue, QueuedTask task)
    {
        var headers = new Dictionary<string, string>(task.Headers, StringComparer.OrdinalIgnoreCase)
        {
            ["User-Agent"] = "Google-Cloud-Tasks",
            ["X-CloudTasks-QueueName"] = queue.Name[(queue.Name.LastIndexOf('/') + 1)..],
            ["X-CloudTasks-TaskName"] = task.Id,
            ["X-CloudTasks-TaskRetryCount"] = task.Attempts.ToString(CultureInfo.InvariantCulture),
            ["X-CloudTasks-TaskExecutionCount"] = task.Executions.ToString(CultureInfo.InvariantCulture),
            ["X-CloudTasks-TaskETA"] = (task.ScheduleTime.ToUnixTimeMilliseconds() / 1000m).ToString("F6", CultureInfo.InvariantCulture),
        };
        if (task.LastStatus is { } status)
        {
            headers["X-CloudTasks-TaskPreviousResponse"] = status.ToString(CultureInfo.InvariantCulture);
        }

        if (task.LastFailure is { } failure)
        {
            headers["X-CloudTasks-TaskRetryReason"] = failure;
        }

        identity.Authorise(headers, task.Account, task.Audience);
        return headers;
    }

    private static partial class Log
    {
        [LoggerMessage(1, LogLevel.Information, "Attempt {Attempt} of {Task} failed with status {Status} {Reason}")]
        public static partial void Failed(ILogger logger, string task, int attempt, int status, string? reason);

        [LoggerMessage(2, LogLevel.Information, "{Task} is dropped, as the control asked")]
        public static partial void Dropped(ILogger logger, string task);
    }
}
