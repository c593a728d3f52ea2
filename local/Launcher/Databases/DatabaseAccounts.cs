using EnergyLoad.Local.Launcher.Layout;

namespace EnergyLoad.Local.Launcher.Databases;

/// <summary>The accounts of the pair's parts, with the passwords that this stack keeps for them.</summary>
internal sealed class DatabaseAccounts(StackSecrets secrets)
{
    public DatabaseAccount Migrations { get; } = Account(secrets, "edm-migrations");

    public DatabaseAccount SendApi { get; } = Account(secrets, "edm-send-api");

    public DatabaseAccount ReceiveApi { get; } = Account(secrets, "edm-receive-api");

    public DatabaseAccount AuditRetention { get; } = Account(secrets, "edm-retention");

    public DatabaseAccount ReadOnly { get; } = Account(secrets, "edm-read-only");

    public IEnumerable<DatabaseAccount> All => [Migrations, SendApi, ReceiveApi, AuditRetention, ReadOnly];

    private static DatabaseAccount Account(StackSecrets secrets, string name) =>
        new(name + secrets.Suffix, StackSecrets.Of(secrets.Database, name));
}
