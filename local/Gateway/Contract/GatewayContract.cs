using YamlDotNet.RepresentationModel;

namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>What a gateway is told by its OpenAPI document.</summary>
internal sealed class GatewayContract
{
    private static readonly string[] Methods = ["get", "put", "post", "delete", "options", "head", "patch"];

    private readonly YamlNode _document;
    private readonly SecurityRules _security;

    private GatewayContract(YamlNode document)
    {
        _document = document;
        _security = new SecurityRules(document);
        Operations = [.. ReadOperations()];
        if (Operations.CountBy(operation => operation.Id).FirstOrDefault(id => id.Value > 1).Key is { } repeated)
        {
            throw new ContractException($"The operationId {repeated} is there twice.");
        }
    }

    public IReadOnlyList<Operation> Operations { get; }

    public static GatewayContract Read(string file, IReadOnlyDictionary<string, string> values) =>
        Parse(Placeholders.Fill(File.ReadAllText(file), values));

    public static GatewayContract Parse(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        var document = yaml.Documents[0].RootNode;
        if (document.Text("swagger") != "2.0")
        {
            throw new ContractException("Only Swagger 2.0 is read.");
        }

        if (document.Text("x-google-allow") is "all" || AllowsCors(document))
        {
            throw new ContractException("x-google-allow: all and allowCors let requests through unchecked; they are not supported.");
        }

        return new GatewayContract(document);
    }

    private static bool AllowsCors(YamlNode document) =>
        document.Member("x-google-endpoints")?.Items().Any(endpoint => endpoint.Text("allowCors") is "true") ?? false;

    private IEnumerable<Operation> ReadOperations()
    {
        var basePath = (_document.Text("basePath") ?? "").TrimEnd('/');
        foreach (var (path, item) in _document.Member("paths")?.Members() ?? [])
        {
            foreach (var (method, operation) in item.Members().Where(member => Methods.Contains(member.Name)))
            {
                yield return ReadOperation(PathTemplate.Parse(basePath + path), method, operation);
            }
        }
    }

    private Operation ReadOperation(PathTemplate template, string method, YamlNode operation)
    {
        var id = operation.Text("operationId") ?? throw new ContractException($"{method} {template.Text} has no operationId.");
        var backend = operation.Member("x-google-backend") ?? _document.Member("x-google-backend")
            ?? throw new ContractException($"{id} has no x-google-backend.");
        var requirements = operation.Member("security") ?? _document.Member("security");
        var (token, needsKey) = (_security.TokenOf(requirements), _security.NeedsKey(requirements));
        return new Operation(id, method.ToUpperInvariant(), template, BackendRules.Read(backend), token, needsKey);
    }
}
