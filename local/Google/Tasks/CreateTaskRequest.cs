namespace EnergyLoad.Local.Google.Tasks;

/// <summary>The body of <c>tasks.create</c>, as far as HTTP targets go.</summary>
internal sealed record CreateTaskRequest(CreateTaskRequest.TaskPart? Task)
{
    internal sealed record TaskPart(string? Name, DateTimeOffset? ScheduleTime, string? DispatchDeadline, HttpRequestPart? HttpRequest);

    internal sealed record HttpRequestPart(
        string? Url, string? HttpMethod, Dictionary<string, string>? Headers, byte[]? Body, OidcTokenPart? OidcToken);

    internal sealed record OidcTokenPart(string? ServiceAccountEmail, string? Audience);
}
