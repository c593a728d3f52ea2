using Dapper;
using EnergyLoad.Audit;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.MySql;

namespace EnergyLoad.Local.Launcher.Databases;

/// <summary>The pair's database and its accounts on one server.</summary>
internal sealed class StackDatabase
{
    public const string Name = "edm-db-workflows";
    private const string NoTable = "bogus_table";
    private readonly Database _server;

    /// <param name="administrator">May create databases and users.</param>
    /// <param name="secrets">Where the accounts' passwords are kept.</param>
    public StackDatabase(ServerAccount administrator, StackSecrets secrets)
    {
        Server = administrator;
        _server = new Database(new MySqlOptions
        {
            Host = administrator.Host,
            Port = administrator.Port,
            Database = "mysql",
            User = administrator.User,
            Password = administrator.Password,
            TlsMode = "None",
            AllowPublicKeyRetrieval = true,
            MaximumPoolSize = 2,
        });
        Migrations = Account("edm-migrations");
        SendApi = Account("edm-send-api");
        ReceiveApi = Account("edm-receive-api");
        AuditRetention = Account("edm-retention");
        ReadOnly = Account("edm-read-only");

        DatabaseAccount Account(string name) => new(name + secrets.Suffix, StackSecrets.Of(secrets.Database, name));
    }

    public ServerAccount Server { get; }

    public DatabaseAccount Migrations { get; }

    public DatabaseAccount SendApi { get; }

    public DatabaseAccount ReceiveApi { get; }

    public DatabaseAccount AuditRetention { get; }

    public DatabaseAccount ReadOnly { get; }

    /// <summary>Creates what is missing; every password is set anew to the kept one.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync($"CREATE DATABASE IF NOT EXISTS `{Name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", cancellationToken);
        foreach (var account in new[] { Migrations, SendApi, ReceiveApi, AuditRetention, ReadOnly })
        {
            await ExecuteAsync($"CREATE USER IF NOT EXISTS {Quoted(account)} IDENTIFIED BY '{account.Password}'", cancellationToken);
            await ExecuteAsync($"ALTER USER {Quoted(account)} IDENTIFIED BY '{account.Password}'", cancellationToken);
        }

        await ExecuteAsync($"GRANT ALL PRIVILEGES ON `{Name}`.* TO {Quoted(Migrations)}", cancellationToken);
    }

    /// <summary>Gives each account what it needs and no more; the tables must be there.</summary>
    public async Task GrantAsync(CancellationToken cancellationToken)
    {
        IEnumerable<string> all =
        [
            .. Rights(SendApi, Grants.SendApi), .. AuditGrants.Service(Name, Quoted(SendApi)),
            .. Rights(ReceiveApi, Grants.ReceiveApi), .. AuditGrants.Service(Name, Quoted(ReceiveApi)),
            .. AuditGrants.Retention(Name, Quoted(AuditRetention)),
            .. Rights(ReadOnly, Grants.ReadOnly),
        ];
        // MySql.Data 8.0.16 ends a cancelled read with a query of this table and expects "no such table"; without the right to read it,
        // the server says "denied" instead, and the driver fails. The right outlives the table.
        await ExecuteAsync($"CREATE TABLE IF NOT EXISTS `{Name}`.{NoTable} (id INT PRIMARY KEY)", cancellationToken);
        foreach (var grant in all.Concat(Rights(SendApi, [new("SELECT", NoTable)])).Concat(Rights(ReceiveApi, [new("SELECT", NoTable)])))
        {
            await ExecuteAsync(grant, cancellationToken);
        }

        await ExecuteAsync($"DROP TABLE `{Name}`.{NoTable}", cancellationToken);
    }

    private static IEnumerable<string> Rights(DatabaseAccount account, IReadOnlyList<Grant> grants) =>
        grants.Select(grant => $"GRANT {grant.Rights} ON `{Name}`.{grant.Table} TO {Quoted(account)}");

    private static string Quoted(DatabaseAccount account) => $"'{account.User}'@'%'";

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await _server.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellationToken));
    }
}
