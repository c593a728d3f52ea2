using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using EnergyLoad.Hosting;

namespace EnergyLoad.GoogleCloud.Secrets;

/// <summary>
/// Reads the JSON of secrets. The serialiser's own exceptions go no further, not even as inner ones: they quote what they stumbled on.
/// </summary>
internal static class SecretJson
{
    /// <summary>Takes <c>{"current": …, "previous": …}</c> apart; null when the JSON is not of that shape, but the secret itself.</summary>
    public static (ReadOnlyMemory<byte> Current, ReadOnlyMemory<byte>? Previous)? Unwrap(ReadOnlyMemory<byte> json)
    {
        using var document = Parse(json);
        var root = document.RootElement;
        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("current", out var current)
            || root.EnumerateObject().Any(static member => member.Name is not ("current" or "previous")))
        {
            return null;
        }

        ReadOnlyMemory<byte>? older = null;
        if (root.TryGetProperty("previous", out var previous) && previous.ValueKind != JsonValueKind.Null)
        {
            older = Bytes(previous);
        }

        return (Bytes(current), older);
    }

    public static ReadOnlyMemory<byte> Member(ReadOnlyMemory<byte> json, string member)
    {
        using var document = Parse(json);
        return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty(member, out var value)
            ? Bytes(value)
            : throw new SecretException($"its JSON has no member {member}");
    }

    public static T Read<T>(ReadOnlyMemory<byte> json, JsonTypeInfo<T> type)
        where T : class
    {
        try
        {
            var value = JsonSerializer.Deserialize(json.Span, type) ?? throw new SecretException("its JSON is null");
            return value is ICredential { Fault: { } fault } ? throw new SecretException(fault) : value;
        }
        catch (JsonException exception)
        {
            throw new SecretException($"its JSON is not that of a {typeof(T).Name}: see {Place(exception)}");
        }
    }

    private static JsonDocument Parse(ReadOnlyMemory<byte> json)
    {
        try
        {
            return JsonDocument.Parse(json);
        }
        catch (JsonException exception)
        {
            throw new SecretException($"it is not JSON: see {Place(exception)}");
        }
    }

    // The path is left out too: it holds names of members, which in a document of the wrong shape may be anything.
    private static string Place(JsonException exception) => $"line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}";

    private static byte[] Bytes(JsonElement element) => JsonSerializer.SerializeToUtf8Bytes(element, ElementJson.Default.JsonElement);
}
