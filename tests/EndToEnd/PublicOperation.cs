using EnergyLoad.Testing;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>The operations of a gateway's file.</summary>
internal sealed record PublicOperation(string Id, HttpMethod Method, string Path, bool KeyOnly)
{
    private static readonly string[] Verbs = ["get", "post", "put", "patch", "delete"];

    public static IReadOnlyList<PublicOperation> Of(string file)
    {
        using var reader = File.OpenText(PathOf(file));
        var yaml = new YamlStream();
        yaml.Load(reader);
        var paths = (YamlMappingNode)yaml.Documents[0].RootNode["paths"];
        return [.. paths.Children.SelectMany(path => ((YamlMappingNode)path.Value).Children
            .Where(verb => Verbs.Contains(verb.Key.ToString()))
            .Select(verb => Read(path.Key.ToString(), verb.Key.ToString(), (YamlMappingNode)verb.Value)))];
    }

    private static string PathOf(string file) => System.IO.Path.Combine(Repository.Root, "gateway", file);

    private static PublicOperation Read(string path, string verb, YamlMappingNode operation)
    {
        var keyOnly = operation.Children.TryGetValue("security", out var security) && !security.ToString().Contains("edm_jwt", StringComparison.Ordinal);
        return new PublicOperation(operation["operationId"].ToString(), HttpMethod.Parse(verb), path, keyOnly);
    }
}
