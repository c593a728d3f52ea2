using System.Net.Http.Json;
using System.Text.Json.Nodes;
using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Users;

/// <summary>Makes the stack's users through the product, as root; those that exist stay as they are.</summary>
internal sealed class UserSeeding(HttpClient http, Ports ports, StackSecrets secrets)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var root = new GatewayClient(http, Ports.Url(ports.SendGateway), secrets.ApiKeys[ApiKeyNames.Internal], secrets.Users[StackUsers.Root]);
        foreach (var (name, role) in StackUsers.MadeByRoot)
        {
            var user = secrets.Users[name];
            using var content = JsonContent.Create(new { username = user.Username, password = user.Password, type = role });
            await root.PostAsync<JsonNode>("/api/v1/management/users/user", content, cancellationToken);
        }
    }
}
