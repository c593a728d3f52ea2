using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>Which database account may do what; no service has a right on another's table.</summary>
internal static class ReceiveRights
{
    private static readonly string[] Tables =
        ["error_reports", "error_items", "receive_outbox", "receive_archive_outbox", "receive_drains"];

    public static void AddRights(this IHostApplicationBuilder builder) =>
        builder.Services.AddSingleton(new AccountRole("service", Service));

    private static IReadOnlyList<string> Service(string database, string account) =>
    [
        .. AccountRole.On("SELECT", database, account, "schema_history"),
        .. AccountRole.On("SELECT, INSERT, UPDATE, DELETE", database, account, Tables),
        .. AuthGrants.Service(database, account),
        .. AuditGrants.Service(database, account),
    ];
}
