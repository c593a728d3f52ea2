using System.Diagnostics;
using System.Globalization;
using System.Net;
using EnergyLoad.GoogleCloud.Rest;
using EnergyLoad.GoogleCloud.Tasks;

namespace EnergyLoad.GoogleCloud;

/// <summary>Puts tasks into queues of Cloud Tasks.</summary>
public sealed class CloudTasksQueue
{
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(30);
    private readonly RestClient _rest;
    private readonly GoogleCloudOptions _options;

    internal CloudTasksQueue(RestClient rest, GoogleCloudOptions options) => (_rest, _options) = (rest, options);

    /// <summary>
    /// Creates a task. It carries the W3C trace context of the current activity. An attempt whose answer was lost is repeated:
    /// without a name that may create two tasks, so handlers must not mind being called twice (Cloud Tasks asks that anyway).
    /// </summary>
    /// <param name="queue">Full resource name, or the last part of it for a queue of the own project and location.</param>
    /// <param name="task">What to call, and when.</param>
    /// <param name="ct">Gives up; the task may have been created.</param>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public async Task<TaskCreation> CreateAsync(string queue, HttpTask task, CancellationToken ct)
    {
        var name = _options.Queue(queue);
        var call = RestCall.Post(
            new Uri($"{_options.TasksUrl.Prefix()}/v2/{name}/tasks"), name, "cloudtasks.tasks.create",
            new CreateTaskRequest(ToBody(name, task)), TaskJson.Default.CreateTaskRequest);
        try
        {
            var created = await _rest.SendAsync(call, TaskJson.Default.TaskBody, ct);
            return new TaskCreation.Created(created.Name ?? "");
        }
        catch (GoogleCloudException refused) when (refused.StatusCode == HttpStatusCode.Conflict)
        {
            return new TaskCreation.AlreadyExists();
        }
    }

    private static TaskBody ToBody(string queue, HttpTask task)
    {
        if (task.DispatchDeadline is { } given && (given < ShortestDeadline || given > LongestDeadline))
        {
            throw new ArgumentOutOfRangeException(nameof(task), given, "A dispatch deadline is 15 s to 30 min.");
        }

        var request = new HttpRequestBody(task.Url, "POST", TraceHeaders(), new OidcTokenBody(task.ServiceAccount, task.Audience));
        var name = task.Name is { } last ? $"{queue}/tasks/{last}" : null;
        return new TaskBody(name, task.ScheduleTime?.ToUniversalTime(), Seconds(task.DispatchDeadline), request);
    }

    private static string? Seconds(TimeSpan? time) =>
        time is { } span ? string.Create(CultureInfo.InvariantCulture, $"{span.TotalSeconds:0.###}s") : null;

    private static Dictionary<string, string>? TraceHeaders() =>
        Activity.Current is { IdFormat: ActivityIdFormat.W3C, Id: { } id } ? new Dictionary<string, string> { ["traceparent"] = id } : null;
}
