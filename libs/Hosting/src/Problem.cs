using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Hosting;

/// <summary>An <c>application/problem+json</c> answer (RFC 9457).</summary>
public sealed class Problem : IResult, IStatusCodeHttpResult
{
    private const string ContentType = "application/problem+json";
    private readonly ProblemType _type;
    private readonly string? _detail;
    private readonly IReadOnlyList<ProblemError>? _errors;
    private readonly TimeSpan? _retryAfter;

    /// <summary>Makes a problem of the given type.</summary>
    /// <param name="type">What kind of refusal it is.</param>
    /// <param name="detail">What happened this time and what to do next; null to leave it out.</param>
    /// <param name="errors">The faults of the body; null when it is not about the body.</param>
    /// <param name="retryAfter">When to try again, rounded up to whole seconds; null to say nothing.</param>
    public Problem(ProblemType type, string? detail = null, IReadOnlyList<ProblemError>? errors = null, TimeSpan? retryAfter = null)
    {
        ArgumentNullException.ThrowIfNull(type);
        (_type, _detail, _errors, _retryAfter) = (type, detail, errors, retryAfter);
    }

    /// <inheritdoc/>
    public int? StatusCode => _type.Status;

    /// <inheritdoc/>
    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = _type.Status;
        response.ContentType = ContentType;
        response.Headers.CacheControl = "no-store";
        if (_retryAfter is { } wait)
        {
            response.Headers.RetryAfter = ((long)Math.Ceiling(Math.Max(1, wait.TotalSeconds))).ToString(CultureInfo.InvariantCulture);
        }

        JsonAnswer.Write(response, JsonSerializer.SerializeToUtf8Bytes(ToDocument(httpContext), ProblemJson.Default.ProblemDocument));
        return Task.CompletedTask;
    }

    internal ProblemDocument ToDocument(HttpContext context) =>
        new($"/reasons#{_type.Code}", _type.Title, _type.Status, _type.Code, _detail, TraceIdOf(context), _errors);

    private static string TraceIdOf(HttpContext context) => Activity.Current?.TraceId.ToHexString() ?? context.TraceIdentifier;
}

internal sealed record ProblemDocument(
    string Type, string Title, int Status, string Code, string? Detail, string Instance, IReadOnlyList<ProblemError>? Errors);

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ProblemDocument))]
internal sealed partial class ProblemJson : JsonSerializerContext;
