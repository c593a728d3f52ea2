using EnergyLoad.Local.Launcher.Configuration;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Starting;

namespace EnergyLoad.Local.Launcher.Users;

/// <summary>The first user of all, made as an operator would: by a command that prints the password once.</summary>
internal sealed class RootUser(StackSecrets secrets, StateFolder folder)
{
    public async Task EnsureAsync(ServiceEnvironment environment, CancellationToken cancellationToken)
    {
        if (secrets.Users.ContainsKey(StackUsers.Root))
        {
            return;
        }

        var username = secrets.NameOf(StackUsers.Root);
        var lines = await StackPrograms.RunCommandAsync(
            Programs.SendApi, environment.ForCommand(Runner.SendApi), cancellationToken, "create-root", username, "--print");
        secrets.Users[StackUsers.Root] = new StackUser { Username = username, Password = lines.Last(IsNoLogLine) };
        secrets.Save(folder);
    }

    private static bool IsNoLogLine(string line) => line.Length > 0 && line[0] != '{';
}
