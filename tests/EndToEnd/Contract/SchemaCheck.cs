using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>Whether JSON is what a schema of OpenAPI 2.0 says; a keyword that this does not know is a fault.</summary>
internal sealed class SchemaCheck
{
    private static readonly string[] Known =
    [
        "type", "format", "description", "enum", "default", "required", "properties", "additionalProperties", "minProperties", "items",
        "minItems", "maxItems", "minLength", "maxLength", "pattern", "minimum", "maximum", "x-nullable", "x-one-of", "name", "in",
    ];

    private readonly bool _closed;
    private readonly List<string> _faults = [];

    private SchemaCheck(bool closed) => _closed = closed;

    /// <summary>The faults of an answer: it must not have a member that its schema does not name.</summary>
    public static IReadOnlyList<string> OfAnswer(JsonElement value, JsonObject schema) => new SchemaCheck(closed: true).Run(value, schema);

    /// <summary>The faults of a request, which may have more members where its schema does not say otherwise.</summary>
    public static IReadOnlyList<string> OfRequest(JsonElement value, JsonObject schema) =>
        new SchemaCheck(closed: false).Run(value, schema);

    private List<string> Run(JsonElement value, JsonObject schema)
    {
        Check(value, schema, "");
        return _faults;
    }

    private void Check(JsonElement value, JsonObject schema, string at)
    {
        var unknown = schema.Where(keyword => !Known.Contains(keyword.Key));
        _faults.AddRange(unknown.Select(keyword => $"{at}: {keyword.Key} is not a known keyword"));
        if (schema["x-one-of"] is JsonArray choices)
        {
            Demand(choices.Any(choice => new SchemaCheck(_closed).Run(value, choice!.AsObject()).Count == 0), at, "none of its forms");
            return;
        }

        if (value.ValueKind == JsonValueKind.Null && schema["x-nullable"]?.GetValue<bool>() == true)
        {
            return;
        }

        switch (schema["type"]?.GetValue<string>())
        {
            case "object" when Is(value, at, JsonValueKind.Object): CheckObject(value, schema, at); break;
            case "array" when Is(value, at, JsonValueKind.Array): CheckArray(value, schema, at); break;
            case "string" when Is(value, at, JsonValueKind.String): CheckText(value.GetString()!, schema, at); break;
            case "integer" when Is(value, at, JsonValueKind.Number): CheckNumber(value, schema, at, whole: true); break;
            case "number" when Is(value, at, JsonValueKind.Number): CheckNumber(value, schema, at, whole: false); break;
            case "boolean": Is(value, at, JsonValueKind.True, JsonValueKind.False); break;
        }
    }

    private void CheckObject(JsonElement value, JsonObject schema, string at)
    {
        var properties = schema["properties"]?.AsObject() ?? [];
        var open = schema["additionalProperties"]?.GetValue<bool>() ?? (!_closed || properties.Count == 0);
        foreach (var name in schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [])
        {
            Demand(value.TryGetProperty(name, out _), at, $"without {name}");
        }

        foreach (var member in value.EnumerateObject())
        {
            Demand(open || properties.ContainsKey(member.Name), at, $"with {member.Name}, which the file does not know");
            if (properties[member.Name] is JsonObject inner)
            {
                Check(member.Value, inner, $"{at}/{member.Name}");
            }
        }

        Demand(value.GetPropertyCount() >= (schema["minProperties"]?.GetValue<decimal>() ?? 0), at, "with too few members");
    }

    private void CheckArray(JsonElement value, JsonObject schema, string at)
    {
        Demand(Within(value.GetArrayLength(), schema, "minItems", "maxItems"), at, $"with {value.GetArrayLength()} items");
        foreach (var (index, item) in value.EnumerateArray().Index())
        {
            Check(item, schema["items"]!.AsObject(), $"{at}/{index}");
        }
    }

    private void CheckText(string text, JsonObject schema, string at)
    {
        Demand(Within(text.Length, schema, "minLength", "maxLength"), at, $"of {text.Length} characters");
        var isOfPattern = schema["pattern"] is not { } pattern || Regex.IsMatch(text, pattern.GetValue<string>(), RegexOptions.ECMAScript);
        Demand(isOfPattern, at, $"not of its pattern: {text}");
        var isOfWords = schema["enum"] is not JsonArray words || words.Any(word => word!.GetValue<string>() == text);
        Demand(isOfWords, at, $"none of its words: {text}");
        var isOfFormat = schema["format"]?.GetValue<string>() switch
        {
            "date-time" => IsInstant(text, "yyyy-MM-ddTHH:mm:ss.FFFFFFFK"),
            "date" => IsInstant(text, "yyyy-MM-dd"),
            "uuid" => Guid.TryParseExact(text, "D", out _),
            _ => true,
        };
        Demand(isOfFormat, at, $"not of its format: {text}");
    }

    private void CheckNumber(JsonElement value, JsonObject schema, string at, bool whole)
    {
        var number = value.GetDecimal();
        Demand(!whole || number == decimal.Truncate(number), at, $"not whole: {number}");
        var is32Bits = schema["format"]?.GetValue<string>() != "int32" || number is >= int.MinValue and <= int.MaxValue;
        Demand(is32Bits, at, $"not of 32 bits: {number}");
        Demand(Within(number, schema, "minimum", "maximum"), at, $"out of its range: {number}");
    }

    private bool Is(JsonElement value, string at, params JsonValueKind[] kinds)
    {
        Demand(kinds.Contains(value.ValueKind), at, $"of kind {value.ValueKind}");
        return kinds.Contains(value.ValueKind);
    }

    private void Demand(bool right, string at, string fault)
    {
        if (!right)
        {
            _faults.Add($"{(at.Length == 0 ? "it" : at)} is {fault}");
        }
    }

    private static bool Within(decimal number, JsonObject schema, string least, string most) =>
        number >= (schema[least]?.GetValue<decimal>() ?? decimal.MinValue)
        && number <= (schema[most]?.GetValue<decimal>() ?? decimal.MaxValue);

    private static bool IsInstant(string text, string format) =>
        DateTimeOffset.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
