using System.Text.Json.Nodes;
using EnergyLoad.Testing;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>An operation of a gateway's file, its references resolved.</summary>
internal sealed record PublicOperation(string Id, HttpMethod Method, string Path, bool KeyOnly)
{
    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    public required IReadOnlyList<PublicParameter> Parameters { get; init; }

    /// <summary>What the file says of each status.</summary>
    public required IReadOnlyDictionary<int, JsonObject> Responses { get; init; }

    /// <summary>The media types of answers.</summary>
    public required IReadOnlyList<string> Produces { get; init; }

    public PublicParameter? Body => Parameters.SingleOrDefault(parameter => parameter.In == "body");

    public static IReadOnlyList<PublicOperation> Of(string file)
    {
        var root = YamlJson.Read(System.IO.Path.Combine(Repository.Root, "gateway", file));
        return [.. root["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()
            .Where(verb => Verbs.Contains(verb.Key))
            .Select(verb => Read(root, path.Key, path.Value!.AsObject(), verb.Key)))];
    }

    private static PublicOperation Read(JsonObject root, string path, JsonObject item, string verb)
    {
        var operation = item[verb]!.AsObject();
        var parameters = new[] { item["parameters"], operation["parameters"] }.SelectMany(list => list?.AsArray() ?? []);
        var keyOnly = (operation["security"] ?? root["security"])!.AsArray().All(demand => demand!["edm_jwt"] is null);
        return new PublicOperation(operation["operationId"]!.GetValue<string>(), HttpMethod.Parse(verb), path, keyOnly)
        {
            Parameters = [.. parameters.Select(parameter => PublicParameter.Of(Resolve(root, parameter).AsObject()))],
            Responses = operation["responses"]!.AsObject().ToDictionary(
                response => int.Parse(response.Key, null), response => Resolve(root, response.Value).AsObject()),
            Produces = [.. (operation["produces"] ?? root["produces"])!.AsArray().Select(type => type!.GetValue<string>())],
        };
    }

    /// <summary>A copy with every reference replaced by what it leads to.</summary>
    private static JsonNode Resolve(JsonObject root, JsonNode? node) => node switch
    {
        JsonObject { Count: > 0 } reference when reference["$ref"] is { } target =>
            Resolve(root, target.GetValue<string>().Split('/').Skip(1).Aggregate((JsonNode)root, (parent, name) => parent[name]!)),
        JsonObject members => new JsonObject(
            members.Select(member => KeyValuePair.Create(member.Key, (JsonNode?)Resolve(root, member.Value)))),
        JsonArray items => new JsonArray([.. items.Select(item => Resolve(root, item))]),
        _ => node!.DeepClone(),
    };
}
