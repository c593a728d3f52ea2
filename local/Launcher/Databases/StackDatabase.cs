using Dapper;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.MySql;

namespace EnergyLoad.Local.Launcher.Databases;

/// <summary>The pair's database and its accounts on one server.</summary>
internal sealed class StackDatabase
{
    public const string Name = "edm-db-workflows";
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
            await ExecuteAsync($"CREATE USER IF NOT EXISTS '{account.User}'@'%' IDENTIFIED BY '{account.Password}'", cancellationToken);
            await ExecuteAsync($"ALTER USER '{account.User}'@'%' IDENTIFIED BY '{account.Password}'", cancellationToken);
        }

        await ExecuteAsync($"GRANT ALL PRIVILEGES ON `{Name}`.* TO '{Migrations.User}'@'%'", cancellationToken);
    }

    /// <summary>Gives each account what it needs and no more; the tables must be there.</summary>
    public async Task GrantAsync(CancellationToken cancellationToken)
    {
        (DatabaseAccount, IReadOnlyList<Grant>)[] all =
        [
            (SendApi, Grants.SendApi), (ReceiveApi, Grants.ReceiveApi), (AuditRetention, Grants.AuditRetention), (ReadOnly, Grants.ReadOnly),
        ];
        foreach (var (account, grants) in all)
        {
            foreach (var (rights, table) in grants)
            {
                await ExecuteAsync($"GRANT {rights} ON `{Name}`.{table} TO '{account.User}'@'%'", cancellationToken);
            }
        }
    }

    /// <summary>The stack's users need not change the passwords that root has set: nobody else knows them.</summary>
    public Task ExemptUsersAsync(CancellationToken cancellationToken) =>
        ExecuteAsync($"UPDATE `{Name}`.user_auth_roles SET must_change_password = 0 WHERE must_change_password <> 0", cancellationToken);

    private async Task ExecuteAsync(string sql, CancellationToken cancellationToken)
    {
        await using var connection = await _server.OpenAsync(cancellationToken);
        await connection.ExecuteAsync(new CommandDefinition(sql, cancellationToken: cancellationToken));
    }
}
