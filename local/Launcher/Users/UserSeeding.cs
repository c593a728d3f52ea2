using System.Net.Http.Json;
using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Users;

/// <summary>Makes the stack's users through the product, as root, on the first start.</summary>
internal sealed class UserSeeding(HttpClient http, Ports ports, StackSecrets secrets, StateFolder folder)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        if (secrets.UsersMade)
        {
            return;
        }

        var root = ClientOf(secrets.Users[StackUsers.Root]);
        foreach (var (name, role) in StackUsers.MadeByRoot)
        {
            await MakeAsync(root, secrets.Users[name], role, cancellationToken);
        }

        secrets.UsersMade = true;
        secrets.Save(folder);
    }

    /// <summary>A user whose password was set by another must change it first; so it does, to the one that is kept.</summary>
    private async Task MakeAsync(GatewayClient root, StackUser user, string role, CancellationToken cancellationToken)
    {
        if (role == StackUsers.ESightRole)
        {
            // It may post error reports and log out, nothing else.
            await CreateAsync(root, user, role, cancellationToken);
            return;
        }

        var first = new StackUser { Username = user.Username, Password = $"{user.Password}-first" };
        await CreateAsync(root, first, role, cancellationToken);
        using var change = JsonContent.Create(new Dictionary<string, string> { ["current"] = first.Password, ["new"] = user.Password });
        await ClientOf(first).PostAsync("/user/password", change, cancellationToken);
    }

    private static async Task CreateAsync(GatewayClient root, StackUser user, string role, CancellationToken cancellationToken)
    {
        using var creation = JsonContent.Create(new { username = user.Username, password = user.Password, type = role });
        await root.PostAsync("/api/v1/management/users/user", creation, cancellationToken);
    }

    private GatewayClient ClientOf(StackUser user) => new(http, Ports.Url(ports.SendGateway), secrets.ApiKeys[ApiKeyNames.Internal], user);
}
