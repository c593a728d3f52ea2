using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnergyLoad.Hosting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Reads small JSON bodies strictly: no member twice, none that the route does not know.</summary>
internal static class RequestJson
{
    private const int LargestBody = 64 * 1024;
    private static readonly JsonDocumentOptions Strict = new() { MaxDepth = 8, AllowDuplicateProperties = false };

    /// <summary>Reads the body.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">What is read.</param>
    /// <param name="invalid">The problem of a body that is JSON and not what is read.</param>
    /// <param name="absent">What stands for an empty body; null when one is needed.</param>
    public static async Task<(T? Value, Problem? Refusal)> ReadAsync<T>(
        HttpContext context, JsonTypeInfo<T> type, ProblemType invalid, T? absent = null)
        where T : class
    {
        var time = context.RequestServices.GetRequiredService<TimeProvider>();
        if (await RequestBody.ReadAsync(context, LargestBody, time) is not { } body)
        {
            return (null, new Problem(ProblemTypes.TooLarge, $"At most {LargestBody} bytes are read here."));
        }

        if (body.Length == 0 && absent is not null)
        {
            return (absent, null);
        }

        if (!context.Request.HasJsonContentType())
        {
            return (null, new Problem(ProblemTypes.UnsupportedMediaType, "Send application/json."));
        }

        try
        {
            using var document = JsonDocument.Parse(body, Strict);
            return Read(document, type, invalid);
        }
        catch (Exception exception) when (IsOfTheText(exception))
        {
            return (null, new Problem(ProblemTypes.BadRequest, "The body is not JSON, is nested too deeply, or names a member twice."));
        }
    }

    private static (T? Value, Problem? Refusal) Read<T>(JsonDocument document, JsonTypeInfo<T> type, ProblemType invalid)
        where T : class
    {
        try
        {
            return document.Deserialize(type) is { } value ? (value, null) : (null, new Problem(invalid, "The body is null."));
        }
        catch (Exception exception) when (IsOfTheText(exception))
        {
            return (null, new Problem(invalid, "A member is missing, is of another kind, or is one that the route does not have."));
        }
    }

    // A name or a text with half a surrogate pair is told as an InvalidOperationException.
    private static bool IsOfTheText(Exception exception) => exception is JsonException or InvalidOperationException;
}
