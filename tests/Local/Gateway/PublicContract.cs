using EnergyLoad.Testing;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>One of the two files in gateway/, as it is written.</summary>
internal sealed class PublicContract
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch"];

    private PublicContract(string name)
    {
        Text = File.ReadAllText(Path.Combine(Repository.Root, "gateway", name));
        var yaml = new YamlStream();
        yaml.Load(new StringReader(Text));
        Root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public static PublicContract Send { get; } = new("openapi-send.yaml");

    public static PublicContract Receive { get; } = new("openapi-receive.yaml");

    public string Text { get; }

    public YamlMappingNode Root { get; }

    /// <summary>Each operation with its path, its method, and the parameters of its path.</summary>
    public IEnumerable<(string Path, string Method, YamlMappingNode Operation, IEnumerable<YamlNode> Parameters)> Operations =>
        from path in Members(Root["paths"])
        from member in Members(path.Value)
        where Methods.Contains(member.Name)
        let shared = Optional(path.Value, "parameters") as YamlSequenceNode
        let own = Optional(member.Value, "parameters") as YamlSequenceNode
        select (path.Name, member.Name, (YamlMappingNode)member.Value, (shared?.Children ?? []).Concat(own?.Children ?? []).Select(Resolve));

    public static string IdOf(YamlMappingNode operation) => ((YamlScalarNode)operation["operationId"]).Value!;

    public static YamlNode? Optional(YamlNode node, string name) =>
        node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var value) ? value : null;

    public static string? TextOf(YamlNode node, string name) => (Optional(node, name) as YamlScalarNode)?.Value;

    public static IEnumerable<(string Name, YamlNode Value)> Members(YamlNode? node) =>
        node is YamlMappingNode mapping ? mapping.Children.Select(pair => (((YamlScalarNode)pair.Key).Value!, pair.Value)) : [];

    /// <summary>The node, or what it refers to.</summary>
    public YamlNode Resolve(YamlNode node) => TextOf(node, "$ref") is { } reference
        ? reference.Split('/').Skip(1).Aggregate((YamlNode)Root, (parent, name) => parent[name])
        : node;
}
