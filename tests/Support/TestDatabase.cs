using System.Data.Common;
using Dapper;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.MySql;
using Xunit;

namespace EnergyLoad.Testing;

/// <summary>An empty database of its own for a test class: use it as a class fixture, or call InitializeAsync.</summary>
public sealed class TestDatabase : IAsyncLifetime
{
    private const string SessionsHere = "SELECT id FROM information_schema.processlist WHERE db = @Name";
    private ServerAccount? _account;
    private Database? _database;

    /// <summary>The database's name.</summary>
    public string Name { get; } = $"test_{Guid.NewGuid():n}";

    /// <summary>The door to the database, with every right.</summary>
    public Database Database => _database ?? throw new InvalidOperationException("Not initialised.");

    /// <summary>Settings of its own for each caller, so that a test may change them.</summary>
    public MySqlOptions Options => OptionsFor(Name);

    /// <inheritdoc/>
    public async Task InitializeAsync()
    {
        _account = await TestServer.Account;
        await ExecuteOnServerAsync($"CREATE DATABASE `{Name}` CHARACTER SET utf8mb4 COLLATE utf8mb4_bin");
        _database = new Database(Options);
    }

    /// <summary>Runs statements in this database.</summary>
    /// <param name="sql">One or more statements.</param>
    public Task ExecuteAsync(string sql) => ExecuteAsync(Database, sql);

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await EndSessionsAsync();
        await ExecuteOnServerAsync($"DROP DATABASE IF EXISTS `{Name}`");
    }

    // The drivers keep pooled sessions of a database that nobody will use again, until the server has none left for others.
    private async Task EndSessionsAsync()
    {
        await using var connection = await new Database(OptionsFor("mysql")).OpenAsync(CancellationToken.None);
        try
        {
            foreach (var session in await connection.QueryAsync<long>(SessionsHere, new { Name }))
            {
                await connection.ExecuteAsync($"KILL {session}");
            }
        }
        catch (DbException)
        {
            // A session ended by itself, or MySQL could not show the bytes that another was just inserting: what is left over does no harm.
        }
    }

    private static async Task ExecuteAsync(Database database, string sql)
    {
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private Task ExecuteOnServerAsync(string sql) => ExecuteAsync(new Database(OptionsFor("mysql")), sql);

    private MySqlOptions OptionsFor(string database)
    {
        var account = _account ?? throw new InvalidOperationException("Not initialised.");
        return new MySqlOptions
        {
            Host = account.Host,
            Port = account.Port,
            Database = database,
            User = account.User,
            Password = account.Password,
            TlsMode = "None",
            AllowPublicKeyRetrieval = true,
        };
    }
}
