using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Configuration;

/// <summary>What each gateway is told: the contract, and the same placeholders as at deploy.</summary>
internal sealed class GatewayConfiguration(Ports ports, StackSecrets secrets)
{
    public object ForSend() => Build(
        ports.SendGateway, Programs.SendContract, CloudNames.SendAudience, Runner.SendGateway, ports.SendApi, Key(ApiKeyNames.Internal, "1"));

    public object ForReceive() => Build(
        ports.ReceiveGateway, Programs.ReceiveContract, CloudNames.ReceiveAudience, Runner.ReceiveGateway, ports.ReceiveApi,
        Key(ApiKeyNames.Internal, "1"), Key(ApiKeyNames.ESight, "2"));

    private object Build(int port, string contract, string audience, Runner runner, Func<int, int> backendPort, params object[] keys)
    {
        string[] backends = [.. Enumerable.Range(0, ports.Instances).Select(instance => Ports.Url(backendPort(instance)))];
        return new
        {
            port,
            openapi = contract,
            values = new Dictionary<string, string>
            {
                ["GATEWAY_HOST"] = new Uri(Ports.Url(port)).Authority,
                ["BACKEND_URL"] = backends[0],
                ["BACKEND_AUDIENCE"] = audience,
                ["TOKEN_ISSUER"] = CloudNames.TokenSigner,
                ["TOKEN_JWKS_URI"] = $"{Ports.Url(ports.Google)}/service_accounts/v1/jwk/{CloudNames.TokenSigner}",
                ["TOKEN_AUDIENCE"] = Ports.Url(port),
            },
            backends,
            metadata = Ports.Url(ports.Metadata(runner)),
            apiKeys = keys,
            stripSignatures = false,
        };
    }

    private object Key(string name, string project) =>
        new { name, key = secrets.ApiKeys[name], projectNumber = project };
}
