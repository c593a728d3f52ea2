namespace EnergyLoad.Local.Launcher.Layout;

/// <summary>What scripts may rely on: <c>stack.json</c>, written when everything is ready.</summary>
internal sealed class StackFile
{
    public required string SendGateway { get; init; }

    public required string ReceiveGateway { get; init; }

    public required IReadOnlyList<string> SendApi { get; init; }

    public required IReadOnlyList<string> ReceiveApi { get; init; }

    public required string Esight { get; init; }

    public required string Google { get; init; }

    public required DatabaseEntry Mysql { get; init; }

    public required IReadOnlyDictionary<string, string> ApiKeys { get; init; }

    public required IReadOnlyDictionary<string, StackUser> Users { get; init; }

    public required CallerNames Callers { get; init; }

    public required AudienceNames Audiences { get; init; }

    public required ProcessIds Pids { get; init; }

    public required string Logs { get; init; }

    /// <summary>The migrations account, which may create tables.</summary>
    internal sealed class DatabaseEntry
    {
        public required string Host { get; init; }

        public required int Port { get; init; }

        public required string Database { get; init; }

        public required string User { get; init; }

        public required string Password { get; init; }
    }

    internal sealed record CallerNames(string GatewaySend, string GatewayReceive, string Tasks, string Pubsub, string Scheduler);

    internal sealed record AudienceNames(string SendApi, string ReceiveApi);

    /// <summary>No MariaDB when the stack uses somebody else's server.</summary>
    internal sealed record ProcessIds(
        int? Mariadb, int Google, int Esight, IReadOnlyList<int> SendApi, IReadOnlyList<int> ReceiveApi, int SendGateway, int ReceiveGateway);
}
