using System.Text.RegularExpressions;
using EnergyLoad.Testing;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.Deployment.Tests.Builds;

/// <summary>One of the files that Cloud Build follows.</summary>
internal sealed partial class BuildFile
{
    private readonly YamlMappingNode _root;

    public BuildFile(string name)
    {
        Name = name;
        var yaml = new YamlStream();
        using var reader = new StringReader(File.ReadAllText(Path.Combine(Repository.Root, name)));
        yaml.Load(reader);
        _root = (YamlMappingNode)yaml.Documents[0].RootNode;
    }

    public static IReadOnlyList<string> Names { get; } =
        [.. Directory.GetFiles(Repository.Root, "cloudbuild*.yaml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public string Name { get; }

    public IReadOnlyList<YamlMappingNode> Steps => [.. ((YamlSequenceNode)_root["steps"]).Cast<YamlMappingNode>()];

    public IEnumerable<string> StepIds => Steps.Select(step => Text(step, "id"));

    public IEnumerable<string> Declared =>
        ((YamlMappingNode)_root["substitutions"]).Children.Keys.Select(key => ((YamlScalarNode)key).Value!);

    public IEnumerable<string> Images => _root.Children.TryGetValue("images", out var images)
        ? ((YamlSequenceNode)images).Select(image => ((YamlScalarNode)image).Value!)
        : [];

    /// <summary>An option of the build.</summary>
    public string Option(string name) => Text(_root["options"], name);

    /// <summary>The script of the repository that a step runs; null when its commands stand in the step.</summary>
    public static string? ScriptOf(YamlMappingNode step)
    {
        var first = Text(step, "script").Split(' ', '\n')[0];
        return first.EndsWith(".sh", StringComparison.Ordinal) ? first : null;
    }

    /// <summary>What a step does, as bash reads it.</summary>
    public static string CommandsOf(YamlMappingNode step) =>
        ScriptOf(step) is { } script ? File.ReadAllText(Path.Combine(Repository.Root, script)) : Text(step, "script");

    /// <summary>The substitutions that the steps and what they run read.</summary>
    public IEnumerable<string> Used => Steps.Select(CommandsOf).Concat(Images).SelectMany(text => Substitution().Matches(text))
        .Select(match => match.Groups[1].Value).Distinct();

    private static string Text(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    // _NAME in capitals is ours; anything else is bash's or Cloud Build's own.
    [GeneratedRegex(@"\$\{?(_[A-Z][A-Z0-9_]*)")]
    private static partial Regex Substitution();
}
