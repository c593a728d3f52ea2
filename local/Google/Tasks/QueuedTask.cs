using EnergyLoad.Local.Google.Answers;

namespace EnergyLoad.Local.Google.Tasks;

/// <summary>A task in a queue, with what has come of its attempts.</summary>
internal sealed class QueuedTask(string name, CreateTaskRequest.TaskPart part, DateTimeOffset now)
{
    private static readonly TimeSpan DefaultDeadline = TimeSpan.FromMinutes(10);

    public string Name => name;

    /// <summary>Whether its creator chose the name, which nobody else may use for a while.</summary>
    public bool IsNamed => part.Name is not null;

    public string Id => name[(name.LastIndexOf('/') + 1)..];

    public Uri Url { get; } = new(part.HttpRequest!.Url!);

    public HttpMethod Method { get; } = new(part.HttpRequest.HttpMethod ?? "POST");

    public IReadOnlyDictionary<string, string> Headers { get; } = part.HttpRequest.Headers ?? [];

    public byte[]? Body => part.HttpRequest!.Body;

    public string? Account => part.HttpRequest!.OidcToken?.ServiceAccountEmail;

    public string Audience => part.HttpRequest!.OidcToken?.Audience ?? Url.ToString();

    public DateTimeOffset CreateTime => now;

    public DateTimeOffset ScheduleTime { get; set; } = part.ScheduleTime is { } wanted && wanted > now ? wanted : now;

    public TimeSpan Deadline { get; } = part.DispatchDeadline is { } text
        && Durations.TryParse(text, out var span) ? span : DefaultDeadline;

    /// <summary>Attempts so far, those included that no handler saw.</summary>
    public int Attempts { get; set; }

    /// <summary>Answers so far, those of the 5xx class not counted.</summary>
    public int Executions { get; set; }

    public int Answers { get; set; }

    public int? LastStatus { get; set; }

    public string? LastFailure { get; set; }

    public bool IsGone { get; set; }

    /// <summary>The resource as the API shows it (view BASIC: without the body).</summary>
    public object ToResource() => new
    {
        name,
        httpRequest =
            new { url = part.HttpRequest!.Url, httpMethod = Method.Method, headers = Headers, oidcToken = part.HttpRequest.OidcToken },
        scheduleTime = ScheduleTime,
        createTime = CreateTime,
        dispatchDeadline = Durations.Format(Deadline),
        dispatchCount = Attempts,
        responseCount = Answers,
        view = "BASIC",
    };
}
