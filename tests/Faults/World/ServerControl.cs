using System.Data.Common;
using Dapper;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.World;

/// <summary>The stack's MariaDB, under its administrator.</summary>
internal sealed class ServerControl
{
    private const string ServiceSessions =
        "SELECT id FROM information_schema.processlist WHERE user LIKE 'edm-send-api%' OR user LIKE 'edm-receive-api%'";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public ServerControl(StackDescription stack)
    {
        var folder = Path.Combine(Path.GetDirectoryName(stack.Logs)!, "mariadb");
        Database = new Database(new MySqlOptions
        {
            Host = stack.Mysql.Host,
            Port = stack.Mysql.Port,
            Database = stack.Mysql.Database,
            User = "administrator",
            Password = File.ReadAllText(Path.Combine(folder, "administrator.password")),
            TlsMode = "None",
            AllowPublicKeyRetrieval = true,
            MaximumPoolSize = 30,
        });
        DataFolder = Path.Combine(folder, "data");
    }

    public Database Database { get; }

    public string DataFolder { get; }

    /// <summary>Reads, and tries again while the server is away.</summary>
    public async Task<List<T>> QueryAsync<T>(string sql, object? parameters = null)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (true)
        {
            try
            {
                return await Database.QueryAsync<T>(sql, parameters, CancellationToken.None);
            }
            catch (Exception exception) when (exception is UnavailableException or DbException && DateTime.UtcNow < deadline)
            {
                await Task.Delay(100);
            }
        }
    }

    public async Task<T> ReadAsync<T>(string sql, object? parameters = null) => (await QueryAsync<T>(sql, parameters)).Single();

    public Task<HeldLocks> HoldAsync(string sql) => HeldLocks.TakeAsync(Database, sql);

    /// <summary>Ends so many sessions of the services.</summary>
    public static async Task<int> EndSessionsAsync(DbConnection session, Random random, int most)
    {
        var found = (await session.QueryAsync<long>(ServiceSessions)).ToArray();
        random.Shuffle(found);
        var ended = 0;
        foreach (var id in found.Take(most))
        {
            try
            {
                await session.ExecuteAsync($"KILL {id}");
                ended++;
            }
            catch (DbException)
            {
                // It ended by itself.
            }
        }

        return ended;
    }
}
