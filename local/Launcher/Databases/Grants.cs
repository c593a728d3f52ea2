namespace EnergyLoad.Local.Launcher.Databases;

/// <summary>
/// Which account may do what with which table; what is the audit log's, EnergyLoad.Audit says. A service has no right on a table that it
/// does not own.
/// </summary>
internal static class Grants
{
    private const string Everything = "SELECT, INSERT, UPDATE, DELETE";
    private const string AddAndPutAway = "SELECT, INSERT, DELETE";
    private const string Read = "SELECT";

    // Both services log users in, and look at start whether the schema is there.
    private static readonly IReadOnlyList<Grant> Shared =
    [
        new(Read, "schema_history"),
        new(Everything, "user_auth_roles"),
        new(Everything, "jwt"),
        new(Everything, "login_throttle"),
        new(Everything, "login_known"),
    ];

    public static IReadOnlyList<Grant> SendApi { get; } =
    [
        .. Shared,
        new(Everything, "messages"),
        new(AddAndPutAway, "ledger_counts"),
        new(Everything, "ledger_summary"),
        new(Everything, "refusal_counts"),
        new(Everything, "delivery_order"),
        new(Everything, "attempts"),
        new(Everything, "esight_gate"),
        new(Everything, "error_events"),
        new(Everything, "reading_errors"),
        new(Everything, "quarantine"),
        new(Everything, "message_search"),
        new(Everything, "search_cursor"),
        new(Everything, "resends"),
        new(Everything, "resend_jobs"),
        new(Everything, "incidents"),
        new(Everything, "incident_meters"),
        new(Everything, "imports"),
        new(Everything, "import_objects"),
        new(Everything, "send_drains"),
        new(Everything, "send_outbox"),
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

    public static IReadOnlyList<Grant> ReadOnly { get; } = [new(Read, "*")];
}
