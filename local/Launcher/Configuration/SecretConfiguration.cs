using System.Text.Json;
using EnergyLoad.Local.Launcher.Databases;
using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Configuration;

/// <summary>What Secret Manager holds on this stack, in the form in which the services read it.</summary>
internal static class SecretConfiguration
{
    public const string MigrationsDatabase = "edm-migrations-database";
    public const string SendApiDatabase = "edm-send-api-database";
    public const string ReceiveApiDatabase = "edm-receive-api-database";
    public const string ESightRead = "edm-esight-read";
    public const string ESightWrite = "edm-esight-write";
    public const string AuditKey = "edm-audit-key";
    private const string FirstAuditKey = "1";

    /// <summary>The secrets' texts by name. Another text becomes a new version.</summary>
    public static Dictionary<string, string> For(StackSecrets secrets, DatabaseAccounts accounts) => new()
    {
        [MigrationsDatabase] = Login(accounts.Migrations.User, accounts.Migrations.Password),
        [SendApiDatabase] = Login(accounts.SendApi.User, accounts.SendApi.Password),
        [ReceiveApiDatabase] = Login(accounts.ReceiveApi.User, accounts.ReceiveApi.Password),
        [ESightRead] = Login(ESightConfiguration.ReadUser, secrets.ESightReadPassword),
        [ESightWrite] = Login(ESightConfiguration.WriteUser, secrets.ESightWritePassword),
        [AuditKey] = JsonSerializer.Serialize(new { id = FirstAuditKey, key = secrets.AuditKey }),
    };

    private static string Login(string user, string password) => JsonSerializer.Serialize(new { user, password });
}
