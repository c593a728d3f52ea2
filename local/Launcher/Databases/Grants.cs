namespace EnergyLoad.Local.Launcher.Databases;

/// <summary>Which account may do what with which table. A service has no right on a table that it does not own.</summary>
internal static class Grants
{
    private const string Everything = "SELECT, INSERT, UPDATE, DELETE";
    private const string AddOnly = "SELECT, INSERT";
    private const string Read = "SELECT";

    // Both services log users in, and look at start whether the schema is there.
    private static readonly IReadOnlyList<Grant> Shared =
    [
        new(Read, "schema_history"),
        new(Everything, "user_auth_roles"),
        new(Everything, "jwt"),
        new(Everything, "login_throttle"),
        new(Everything, "login_known"),
        new(AddOnly, "access_log"),
        new("SELECT, UPDATE", "access_log_lanes"),
        new(AddOnly, "access_log_anchors"),
        new(Read, "access_log_checkpoints"),
    ];

    public static IReadOnlyList<Grant> SendApi { get; } =
    [
        .. Shared,
        new(Everything, "messages"),
        new(AddOnly, "ledger_counts"),
        new(Everything, "delivery_order"),
        new(Everything, "attempts"),
        new(Everything, "esight_gate"),
        new(Everything, "error_events"),
        new(Everything, "reading_errors"),
        new(Everything, "quarantine"),
        new(Everything, "send_drains"),
    ];

    public static IReadOnlyList<Grant> ReceiveApi { get; } =
    [
        .. Shared,
        new(Everything, "error_reports"),
        new(Everything, "error_items"),
        new(Everything, "receive_outbox"),
        new(Everything, "receive_archive_outbox"),
        new(Everything, "receive_drains"),
    ];

    /// <summary>Erases personal data and drops what is past its time; it may never write a new row.</summary>
    public static IReadOnlyList<Grant> AuditRetention { get; } =
    [
        new("SELECT, INSERT, DELETE, UPDATE (client_ip, msisdn, salt, erasure)", "access_log"),
        new("SELECT, UPDATE", "access_log_lanes"),
        new("SELECT, DELETE", "access_log_anchors"),
        new("SELECT, INSERT, UPDATE", "access_log_checkpoints"),
    ];

    public static IReadOnlyList<Grant> ReadOnly { get; } = [new(Read, "*")];
}
