using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>Which database account may do what; no service has a right on another's table.</summary>
internal static class SendRights
{
    private static readonly string[] Tables =
    [
        "messages", "delivery_order", "attempts", "esight_gate", "error_events", "reading_errors", "quarantine", "message_search",
        "search_cursor", "resends", "resend_jobs", "incidents", "incident_meters", "imports", "import_objects", "send_drains",
        "send_outbox", "ledger_summary", "refusal_counts",
    ];

    // The ledger's left side is never changed; retention puts it away.
    private static readonly string[] AddAndPutAway = ["ledger_counts"];

    public static void AddRights(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(new AccountRole("service", Service));

    private static IReadOnlyList<string> Service(string database, string account) =>
    [
        .. AccountRole.On("SELECT", database, account, "schema_history"),
        .. AccountRole.On("SELECT, INSERT, UPDATE, DELETE", database, account, Tables),
        .. AccountRole.On("SELECT, INSERT, DELETE", database, account, AddAndPutAway),
        .. AuthGrants.Service(database, account),
        .. AuditGrants.Service(database, account),
    ];
}
