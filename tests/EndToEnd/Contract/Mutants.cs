using System.Text.Json.Nodes;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>A valid body made wrong in one place each, in every way that its schema rules out.</summary>
internal static class Mutants
{
    public static IEnumerable<(string What, string Body)> Of(string valid, JsonObject schema)
    {
        var node = JsonNode.Parse(valid)!;
        return Faults(node, schema, []).Select(fault => (fault.What, Apply(node, fault)));
    }

    /// <summary>Texts that a parameter outside of a body must not have.</summary>
    public static IEnumerable<string> OfText(JsonObject schema) =>
        Wrong(JsonValue.Create("x"), schema).Where(wrong => wrong.What is not ("of another kind" or "null" or "empty"))
            .Select(wrong => wrong.Value!.ToString())
            .Concat(schema["type"]!.GetValue<string>() is "integer" or "boolean" ? ["nonsense"] : []);

    private static IEnumerable<Fault> Faults(JsonNode? node, JsonObject schema, string[] path)
    {
        schema = schema["x-one-of"]?.AsArray().Select(form => form!.AsObject()).First(form => Kind(form) == KindOf(node)) ?? schema;
        foreach (var (what, value) in Wrong(node, schema))
        {
            yield return new Fault(path, what, value);
        }

        if (node is JsonArray items && schema["items"] is JsonObject each)
        {
            foreach (var fault in Faults(items[0], each, [.. path, "0"]))
            {
                yield return fault;
            }
        }

        foreach (var fault in node is JsonObject members ? MemberFaults(members, schema, path) : [])
        {
            yield return fault;
        }
    }

    private static IEnumerable<Fault> MemberFaults(JsonObject members, JsonObject schema, string[] path)
    {
        foreach (var name in schema["required"]?.AsArray().Select(name => name!.GetValue<string>()) ?? [])
        {
            yield return new Fault([.. path, name], "missing", null) { Removes = true };
        }

        if (schema["additionalProperties"]?.GetValue<bool>() == false)
        {
            yield return new Fault([.. path, "unexpected"], "unexpected", 1);
        }

        foreach (var (name, inner) in schema["properties"]?.AsObject().Where(property => members.ContainsKey(property.Key)) ?? [])
        {
            foreach (var fault in Faults(members[name], inner!.AsObject(), [.. path, name]))
            {
                yield return fault;
            }
        }
    }

    private static IEnumerable<(string What, JsonNode? Value)> Wrong(JsonNode? node, JsonObject schema)
    {
        var kind = Kind(schema);
        if (kind is null)
        {
            yield break;
        }

        yield return ("of another kind", kind is "string" or "array" ? 7 : "text");
        if (schema["x-nullable"]?.GetValue<bool>() != true)
        {
            yield return ("null", null);
        }

        if (schema["enum"] is not null)
        {
            yield return ("not one of its words", "no-such-word");
        }

        if (schema["pattern"] is not null)
        {
            yield return ("not of its pattern", "!");
        }

        if (schema["format"]?.GetValue<string>() is "date-time" or "uuid")
        {
            yield return ("not of its format", "yesterday");
        }

        foreach (var wrong in OutOfBounds(node, schema))
        {
            yield return wrong;
        }
    }

    private static IEnumerable<(string What, JsonNode? Value)> OutOfBounds(JsonNode? node, JsonObject schema)
    {
        if (Bound(schema, "maxLength") is { } longest)
        {
            yield return ("too long", new string('x', longest + 1));
        }

        if (Bound(schema, "minLength") is > 0)
        {
            yield return ("empty", "");
        }

        if (Bound(schema, "minimum") is { } least)
        {
            yield return ("too small", least - 1);
        }

        if (Bound(schema, "maximum") is { } most)
        {
            yield return ("too large", most + 1);
        }

        if (Bound(schema, "minItems") is > 0)
        {
            yield return ("without items", new JsonArray());
        }

        if (Bound(schema, "maxItems") is { } many && node is JsonArray items)
        {
            var tooMany = Enumerable.Repeat(items[0], many + 1).Select(item => item!.DeepClone());
            yield return ("with too many items", new JsonArray([.. tooMany]));
        }

        if (Bound(schema, "minProperties") is > 0)
        {
            yield return ("without members", new JsonObject());
        }
    }

    private static string KindOf(JsonNode? node) => node is JsonArray ? "array" : "object";

    private static string? Kind(JsonObject schema) => schema["type"]?.GetValue<string>();

    private static int? Bound(JsonObject schema, string keyword) => (int?)schema[keyword]?.GetValue<decimal>();

    private static string Apply(JsonNode valid, Fault fault)
    {
        if (fault.Path.Length == 0)
        {
            return fault.Value?.ToJsonString() ?? "null";
        }

        var root = valid.DeepClone();
        var parent = fault.Path[..^1].Aggregate(root, (node, name) => node is JsonArray ? node[int.Parse(name, null)]! : node[name]!);
        if (parent is JsonArray items)
        {
            items[int.Parse(fault.Path[^1], null)] = fault.Value;
        }
        else if (fault.Removes)
        {
            parent.AsObject().Remove(fault.Path[^1]);
        }
        else
        {
            parent[fault.Path[^1]] = fault.Value;
        }

        return root.ToJsonString();
    }

    private sealed record Fault(string[] Path, string Kind, JsonNode? Value)
    {
        public bool Removes { get; init; }

        public string What => $"/{string.Join('/', Path)} {Kind}";
    }
}
