using System.Text.RegularExpressions;
using EnergyLoad.Local.Google.Answers;
using EnergyLoad.Local.Google.Identity;

namespace EnergyLoad.Local.Google.Tasks;

/// <summary>What Cloud Tasks refuses to queue.</summary>
internal sealed partial class TaskRules(Accounts accounts, TimeProvider clock)
{
    private const int LargestTask = 1024 * 1024;
    private const int LongestUrl = 2083;
    private static readonly TimeSpan FarthestSchedule = TimeSpan.FromDays(30);
    private static readonly TimeSpan ShortestDeadline = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromMinutes(30);

    public GoogleError? FaultIn(string queue, CreateTaskRequest.TaskPart? task)
    {
        if (task?.HttpRequest is not { Url: { } url } request)
        {
            return GoogleError.Invalid("task.httpRequest.url is required.");
        }

        if (url.Length > LongestUrl || !Uri.TryCreate(url, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return GoogleError.Invalid("task.httpRequest.url must begin with http:// or https:// and have at most 2083 characters.");
        }

        if (task.Name is { } name && !(name.StartsWith($"{queue}/tasks/", StringComparison.Ordinal) && TaskId().IsMatch(name[(queue.Length + 7)..])))
        {
            return GoogleError.Invalid("task.name must be QUEUE/tasks/ID, the id of 1 to 500 letters, digits, hyphens and underscores.");
        }

        return FaultInTimes(task) ?? FaultInContent(request);
    }

    private GoogleError? FaultInTimes(CreateTaskRequest.TaskPart task)
    {
        if (task.ScheduleTime - clock.GetUtcNow() > FarthestSchedule)
        {
            return GoogleError.Invalid("task.scheduleTime must be at most 30 days ahead.");
        }

        return task.DispatchDeadline is { } deadline
            && !(Durations.TryParse(deadline, out var span) && span >= ShortestDeadline && span <= LongestDeadline)
            ? GoogleError.Invalid("task.dispatchDeadline must be from 15s to 1800s.")
            : null;
    }

    private GoogleError? FaultInContent(CreateTaskRequest.HttpRequestPart request)
    {
        if (request.Body?.Length > LargestTask)
        {
            return GoogleError.Invalid("The task is larger than 1 MiB.");
        }

        return request.OidcToken is { ServiceAccountEmail: var email } && !accounts.TryGet(email ?? "", out _)
            ? GoogleError.Denied("iam.serviceAccounts.actAs", $"projects/-/serviceAccounts/{email}")
            : null;
    }

    [GeneratedRegex("^[A-Za-z0-9_-]{1,500}$")]
    private static partial Regex TaskId();
}
