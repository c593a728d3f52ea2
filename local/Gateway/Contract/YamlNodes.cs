using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.Local.Gateway.Contract;

internal static class YamlNodes
{
    extension(YamlNode node)
    {
        /// <summary>The member of that name; null when there is none.</summary>
        public YamlNode? Member(string name) =>
            node is YamlMappingNode mapping && mapping.Children.TryGetValue(new YamlScalarNode(name), out var member) ? member : null;

        public string? Text(string name) => (node.Member(name) as YamlScalarNode)?.Value;

        public double? Number(string name) =>
            node.Text(name) is { } text ? double.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null;

        public IEnumerable<(string Name, YamlNode Value)> Members() =>
            node is YamlMappingNode mapping ? mapping.Children.Select(pair => (((YamlScalarNode)pair.Key).Value ?? "", pair.Value)) : [];

        public IEnumerable<YamlNode> Items() => node is YamlSequenceNode sequence ? sequence.Children : [];
    }
}
