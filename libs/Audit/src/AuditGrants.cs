namespace EnergyLoad.Audit;

/// <summary>The least rights that each database account needs for the log, as GRANT statements for whoever sets the accounts up.</summary>
public static class AuditGrants
{
    private static readonly string[] Tables = ["access_log", "access_log_lanes", "access_log_anchors", "access_log_checkpoints"];

    /// <summary>A service: it appends and reads, and can neither change nor remove a row.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="account">The account as MySQL writes it, such as <c>'send-api'@'%'</c>.</param>
    public static IReadOnlyList<string> Service(string database, string account) =>
    [
        $"GRANT SELECT, INSERT ON `{database}`.access_log TO {account}",
        $"GRANT SELECT, UPDATE ON `{database}`.access_log_lanes TO {account}",
        $"GRANT SELECT, INSERT ON `{database}`.access_log_anchors TO {account}",
        $"GRANT SELECT ON `{database}`.access_log_checkpoints TO {account}",
    ];

    /// <summary>The retention job: it removes rows and erases personal data, and can change nothing else of a row.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="account">The account as MySQL writes it.</param>
    public static IReadOnlyList<string> Retention(string database, string account) =>
    [
        $"GRANT SELECT, INSERT, DELETE, UPDATE (client_ip, msisdn, salt, erasure) ON `{database}`.access_log TO {account}",
        $"GRANT SELECT, UPDATE ON `{database}`.access_log_lanes TO {account}",
        $"GRANT SELECT, DELETE ON `{database}`.access_log_anchors TO {account}",
        $"GRANT SELECT, INSERT, UPDATE ON `{database}`.access_log_checkpoints TO {account}",
    ];

    /// <summary>A verifier or an auditor with SQL of their own: they read.</summary>
    /// <param name="database">The database's name.</param>
    /// <param name="account">The account as MySQL writes it.</param>
    public static IReadOnlyList<string> Reader(string database, string account) =>
        [.. Tables.Select(table => $"GRANT SELECT ON `{database}`.{table} TO {account}")];
}
