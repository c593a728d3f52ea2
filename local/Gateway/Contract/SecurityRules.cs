using YamlDotNet.RepresentationModel;

namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>
/// Endpoints compiles a security requirement into two independent switches: which issuers' tokens are taken, and whether a key is needed.
/// So a list of two items does not mean "either": a token anywhere makes a token necessary, and a key is needed only when every
/// item names one.
/// Names without a definition are ignored without a word, as Endpoints does.
/// </summary>
internal sealed class SecurityRules
{
    private readonly Dictionary<string, TokenProvider> _providers = new(StringComparer.Ordinal);
    private readonly HashSet<string> _keys = new(StringComparer.Ordinal);

    public SecurityRules(YamlNode document)
    {
        foreach (var (name, definition) in document.Member("securityDefinitions")?.Members() ?? [])
        {
            switch (definition.Text("type"))
            {
                case "apiKey":
                    _keys.Add(name);
                    break;
                case "oauth2":
                    _providers.Add(name, ReadProvider(name, definition, document.Text("host")));
                    break;
                default:
                    throw new ContractException($"The security definition {name} is of a type that is not supported.");
            }
        }
    }

    public TokenProvider? TokenOf(YamlNode? requirements)
    {
        var names = requirements?.Items().SelectMany(item => item.Members()).Select(member => member.Name).Where(_providers.ContainsKey);
        return (names?.Distinct().ToArray() ?? []) switch
        {
            [] => null,
            [var name] => _providers[name],
            _ => throw new ContractException("More than one issuer for one operation is not supported."),
        };
    }

    public bool NeedsKey(YamlNode? requirements) =>
        requirements?.Items().ToArray() is { Length: > 0 } items
        && items.All(item => item.Members().Any(member => _keys.Contains(member.Name)));

    private static TokenProvider ReadProvider(string name, YamlNode definition, string? host)
    {
        var audiences = definition.Text("x-google-audiences")?.Split(',', StringSplitOptions.TrimEntries) ?? [$"https://{host}"];
        var keys = definition.Text("x-google-jwks_uri") ?? throw new ContractException($"{name} has no x-google-jwks_uri.");
        var locations = definition.Member("x-google-jwt-locations")?.Items()
            .Select(item => new TokenLocation(item.Text("header"), item.Text("value_prefix") ?? "", item.Text("query")))
            .ToArray();
        return new TokenProvider(
            name,
            definition.Text("x-google-issuer") ?? "",
            new Uri(keys),
            audiences,
            locations is { Length: > 0 } ? locations : TokenLocation.Defaults);
    }
}
