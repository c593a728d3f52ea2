using EnergyLoad.Local.MariaDb;
using EnergyLoad.MySql;

namespace EnergyLoad.Local.Tests.Launcher;

public sealed class MariaDbServerTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mariadb-").FullName;

    [Fact]
    public async Task A_server_started_again_on_its_folder_still_has_what_was_committed()
    {
        await using (var first = await StartAsync())
        {
            await ExecuteAsync(first, "CREATE DATABASE kept; CREATE TABLE kept.t (id INT PRIMARY KEY); INSERT INTO kept.t VALUES (1)");
            first.Kill();
            await first.Exited;
        }

        await using var second = await StartAsync();
        Assert.Equal(1L, Convert.ToInt64(await ScalarAsync(second, "SELECT COUNT(*) FROM kept.t")));
    }

    [Fact]
    public async Task A_commit_is_flushed_and_nothing_but_loopback_is_listened_on()
    {
        await using var server = await StartAsync();
        Assert.Equal("1", Convert.ToString(await ScalarAsync(server, "SELECT @@innodb_flush_log_at_trx_commit")));
        Assert.Equal("127.0.0.1", await ScalarAsync(server, "SELECT @@bind_address"));
    }

    [Fact]
    public async Task Only_the_owner_can_read_the_password()
    {
        await using var server = await StartAsync();
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path.Combine(_folder, "server", "administrator.password")) & Others);
        Assert.DoesNotContain(server.Administrator.Password, server.Administrator.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_taken_port_is_a_failed_start_that_names_the_port()
    {
        await using var first = await StartAsync();
        var options = new MariaDbOptions { Folder = Path.Combine(_folder, "other"), Port = first.Administrator.Port };
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => MariaDbServer.StartAsync(options, CancellationToken.None));
        Assert.Contains(first.Administrator.Port.ToString(), failure.Message, StringComparison.Ordinal);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private static async Task ExecuteAsync(MariaDbServer server, string sql) => await ScalarAsync(server, sql);

    private static async Task<object?> ScalarAsync(MariaDbServer server, string sql)
    {
        var account = server.Administrator;
        var database = new Database(new MySqlOptions
        {
            Host =
                account.Host, Port = account.Port, Database = "mysql", User = account.User, Password = account.Password, TlsMode = "None",
        });
        await using var connection = await database.OpenAsync(CancellationToken.None);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteScalarAsync();
    }

    private Task<MariaDbServer> StartAsync() =>
        MariaDbServer.StartAsync(
            new MariaDbOptions { Folder = Path.Combine(_folder, "server"), Port = FreePort.Find() }, CancellationToken.None);
}
