using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Local.Launcher;

/// <summary>What was asked for on the command line.</summary>
internal sealed record LauncherOptions
{
    public required StateFolder State { get; init; }

    public required Ports Ports { get; init; }

    /// <summary>Somebody else's server; null for a private MariaDB.</summary>
    public ServerAccount? Mysql { get; init; }

    public bool Once { get; init; }

    public bool Demo { get; init; } = true;
}
