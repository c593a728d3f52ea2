using Dapper;
using EnergyLoad.Audit;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.MySql;

namespace EnergyLoad.Local.Launcher.Databases;

/// <summary>The pair's database and its accounts on one server.</summary>
internal sealed class StackDatabase
{
    public const string Name = "edm-db-workflows";
    private const string NoTable = "bogus_table";
    private readonly Database _server;
    private readonly DatabaseAccounts _accounts;

    /// <param name="administrator">May create databases and users.</param>
    /// <param name="accounts">The pair's accounts.</param>
    public StackDatabase(ServerAccount administrator, DatabaseAccounts accounts)
    {
        (Server, _accounts) = (administrator, accounts);
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
    }

    public ServerAccount Server { get; }

    public DatabaseAccount Migrations => _accounts.Migrations;

    /// <summary>Creates what is missing; every password is set anew to the kept one.</summary>
    public async Task CreateAsync(CancellationToken cancellationToken)
    {
        await ExecuteAsync($"CREATE DATABASE IF NOT EXISTS `{Name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin", cancellationToken);
        foreach (var account in _accounts.All)
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
            .. Rights(_accounts.SendApi, Grants.SendApi), .. AuditGrants.Service(Name, Quoted(_accounts.SendApi)),
            .. Rights(_accounts.ReceiveApi, Grants.ReceiveApi), .. AuditGrants.Service(Name, Quoted(_accounts.ReceiveApi)),
            .. AuditGrants.Retention(Name, Quoted(_accounts.AuditRetention)),
            .. Rights(_accounts.ReadOnly, Grants.ReadOnly),
        ];
        // MySql.Data 8.0.16 ends a cancelled read with a query of this table and expects "no such table"; without the right to read it,
        // the server says "denied" instead, and the driver fails. The right outlives the table.
        await ExecuteAsync($"CREATE TABLE IF NOT EXISTS `{Name}`.{NoTable} (id INT PRIMARY KEY)", cancellationToken);
        foreach (var grant in all.Concat(Rights(_accounts.SendApi, [new("SELECT", NoTable)])).Concat(Rights(_accounts.ReceiveApi, [new("SELECT", NoTable)])))
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
