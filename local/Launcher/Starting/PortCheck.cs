using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>Looks before anything is started whether somebody else has one of the ports.</summary>
internal static class PortCheck
{
    public static void Run(LauncherOptions options)
    {
        string[] taken =
        [
            .. options.Ports.All(privateDatabase: options.Mysql is null)
                .Where(port => FreePort.IsTaken(port.Port))
                .Select(port => $"Port {port.Port} ({port.Owner}) is in use."),
        ];
        if (taken.Length > 0)
        {
            throw new StackFailedException(string.Join('\n', [.. taken, "Stop what listens there, or take other ports with --port BASE."]));
        }
    }
}
