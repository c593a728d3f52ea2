using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.Tasks;

/// <summary>google.cloud.tasks.v2.CreateTaskRequest, as far as it is used.</summary>
internal sealed record CreateTaskRequest(TaskBody Task);

internal sealed record TaskBody(string? Name, DateTimeOffset? ScheduleTime, string? DispatchDeadline, HttpRequestBody? HttpRequest);

internal sealed record HttpRequestBody(
    string Url, string HttpMethod, IReadOnlyDictionary<string, string>? Headers, OidcTokenBody OidcToken);

internal sealed record OidcTokenBody(string ServiceAccountEmail, string Audience);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(CreateTaskRequest))]
internal sealed partial class TaskJson : JsonSerializerContext;
