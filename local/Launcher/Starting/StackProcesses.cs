namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>Everything that runs; no MariaDB when the stack uses somebody else's server.</summary>
internal sealed record StackProcesses(
    Supervised? MariaDb,
    Supervised Google,
    Supervised ESight,
    IReadOnlyList<Supervised> SendApi,
    IReadOnlyList<Supervised> ReceiveApi,
    Supervised SendGateway,
    Supervised ReceiveGateway);
