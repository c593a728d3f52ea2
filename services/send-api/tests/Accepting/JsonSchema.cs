using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;

namespace EnergyLoad.SendApi.Tests.Accepting;

/// <summary>
/// Judges JSON by the keywords of JSON Schema 2020-12 that the published schemas use; a keyword that it does not know is a fault of the
/// schema.
/// </summary>
internal sealed partial class JsonSchema(JsonElement root)
{
    private static readonly string[] Annotations = ["$schema", "$id", "$defs", "title", "description"];

    public bool Accepts(JsonElement value) => Accepts(root, value);

    private bool Accepts(JsonElement schema, JsonElement value) => schema.EnumerateObject().All(keyword => keyword.Name switch
    {
        "$ref" => Accepts(Resolve(keyword.Value.GetString()!), value),
        "type" => IsOf(value, keyword.Value.GetString()!),
        "required" => value.ValueKind != JsonValueKind.Object
            || keyword.Value.EnumerateArray().All(name => value.TryGetProperty(name.GetString()!, out _)),
        "properties" => value.ValueKind != JsonValueKind.Object || keyword.Value.EnumerateObject()
            .All(property => !value.TryGetProperty(property.Name, out var member) || Accepts(property.Value, member)),
        "items" => value.ValueKind != JsonValueKind.Array || value.EnumerateArray().All(item => Accepts(keyword.Value, item)),
        "minItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() >= keyword.Value.GetInt32(),
        "maxItems" => value.ValueKind != JsonValueKind.Array || value.GetArrayLength() <= keyword.Value.GetInt32(),
        "minLength" => value.ValueKind != JsonValueKind.String || LengthOf(value) >= keyword.Value.GetInt32(),
        "maxLength" => value.ValueKind != JsonValueKind.String || LengthOf(value) <= keyword.Value.GetInt32(),
        "pattern" => value.ValueKind != JsonValueKind.String
            || Regex.IsMatch(value.GetString()!, AtTheVeryEnd(keyword.Value.GetString()!), RegexOptions.CultureInvariant),
        "format" => value.ValueKind != JsonValueKind.String || (keyword.Value.GetString() == "date-time" && IsDateTime(value.GetString()!)),
        var annotation => Annotations.Contains(annotation) ? true : throw new NotSupportedException(annotation),
    });

    private JsonElement Resolve(string reference) =>
        reference.Split('/').Skip(1).Aggregate(root, (schema, name) => schema.GetProperty(name));

    private static bool IsOf(JsonElement value, string type) => type switch
    {
        "object" => value.ValueKind == JsonValueKind.Object,
        "array" => value.ValueKind == JsonValueKind.Array,
        "string" => value.ValueKind == JsonValueKind.String,
        "number" => value.ValueKind == JsonValueKind.Number,
        _ => throw new NotSupportedException(type),
    };

    // Characters in the sense of RFC 8259: code points.
    private static int LengthOf(JsonElement value) => value.GetString()!.EnumerateRunes().Count();

    // In ECMA-262 the dollar sign is the end; in .NET a line feed may follow it.
    private static string AtTheVeryEnd(string pattern) => pattern.EndsWith('$') ? $"{pattern[..^1]}\\z" : pattern;

    private static bool IsDateTime(string text)
    {
        var match = DateTimeForm().Match(text);
        return match.Success
            && DateTime.TryParseExact($"{match.Groups[1].Value}T{match.Groups[2].Value}", "yyyy-MM-ddTHH:mm:ss", CultureInfo.InvariantCulture, DateTimeStyles.None, out _)
            && (!match.Groups[3].Success || TimeOnly.TryParseExact(match.Groups[3].Value, "HH:mm", out _));
    }

    [GeneratedRegex(@"^(\d{4}-\d{2}-\d{2})[Tt](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:[Zz]|[+-](\d{2}:\d{2}))\z", RegexOptions.ECMAScript)]
    private static partial Regex DateTimeForm();
}
