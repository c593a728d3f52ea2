using System.Globalization;
using System.Text.Json.Nodes;
using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.EndToEnd.Tests.Contract;

/// <summary>YAML as the JSON that it stands for.</summary>
internal static class YamlJson
{
    public static JsonObject Read(string path)
    {
        using var reader = File.OpenText(path);
        var yaml = new YamlStream();
        yaml.Load(reader);
        return (JsonObject)Of(yaml.Documents[0].RootNode)!;
    }

    private static JsonNode? Of(YamlNode node) => node switch
    {
        YamlMappingNode mapping => new JsonObject(
            mapping.Children.Select(pair => KeyValuePair.Create(((YamlScalarNode)pair.Key).Value!, Of(pair.Value)))),
        YamlSequenceNode sequence => new JsonArray([.. sequence.Children.Select(Of)]),
        YamlScalarNode { Style: ScalarStyle.Plain, Value: { } text } => Plain(text),
        YamlScalarNode scalar => scalar.Value,
        _ => throw new InvalidDataException(node.ToString()),
    };

    private static JsonValue Plain(string text) =>
        bool.TryParse(text, out var truth) ? JsonValue.Create(truth)
        : decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? JsonValue.Create(number)
        : JsonValue.Create(text);
}
