using System.Data.Common;
using EnergyLoad.Hosting;
using EnergyLoad.Testing;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.MySql.Tests;

/// <summary>The account's password changes on the server and in the secret, one after the other, while sessions are opened.</summary>
public sealed class LoginTests(TestDatabase server) : IClassFixture<TestDatabase>
{
    private readonly string _user = $"u{Guid.NewGuid():n}"[..16];

    [Fact]
    public async Task A_login_that_the_server_refuses_is_looked_up_and_tried_again_at_once()
    {
        var (database, login) = await StartAsync("first");
        await SetPasswordAsync("second");
        login.Publish(Login("second"));

        await OpenManyAsync(database);

        Assert.Equal("second", login.Current.Password);
        Assert.Equal(1, login.Looks);
    }

    [Fact]
    public async Task While_the_server_wants_the_version_before_that_one_is_used()
    {
        var (database, login) = await StartAsync("first");
        login.Publish(Login("second"));
        await login.RefreshAsync(login.Current, CancellationToken.None);

        await OpenManyAsync(database);
        var looks = login.Looks;
        await OpenManyAsync(database, more: 2);
        Assert.Equal(looks, login.Looks);

        await SetPasswordAsync("second");
        await OpenManyAsync(database, more: 3);
    }

    [Fact]
    public async Task The_account_itself_may_change_and_the_former_ones_idle_sessions_end()
    {
        var (database, login) = await StartAsync("first");
        await OpenManyAsync(database);
        var next = $"{_user}b";
        await CreateUserAsync(next, "second");
        await server.ExecuteAsync($"DROP USER '{_user}'@'%'");
        login.Publish(new DatabaseLogin { User = next, Password = "second" });

        await OpenManyAsync(database, more: 2);

        // The server ends a session a moment after the client said goodbye.
        await Eventually.GetAsync(
            () => server.Database.QueryAsync<long>(
                "SELECT COUNT(*) FROM information_schema.processlist WHERE user = @user", new { user = _user }, CancellationToken.None),
            left => left is [0L]);
    }

    [Fact]
    public async Task A_login_that_nobody_knows_a_better_one_for_is_an_outage_that_does_not_show_it()
    {
        var (database, login) = await StartAsync("first");
        await SetPasswordAsync("second");

        var refused = await Assert.ThrowsAsync<UnavailableException>(() => OpenManyAsync(database));

        Assert.Equal(1, login.Looks);
        Assert.DoesNotContain("first", refused.ToString(), StringComparison.Ordinal);
    }

    private DatabaseLogin Login(string password) => new() { User = _user, Password = password };

    private async Task<(Database Database, VaryingLogin Login)> StartAsync(string password)
    {
        await CreateUserAsync(_user, password);
        var login = new VaryingLogin(Login(password));
        return (new Database(server.Options, login), login);
    }

    private Task CreateUserAsync(string user, string password) =>
        server.ExecuteAsync($"CREATE USER '{user}'@'%' IDENTIFIED BY '{password}'; GRANT ALL ON `{server.Name}`.* TO '{user}'@'%'");

    private Task SetPasswordAsync(string password) => server.ExecuteAsync($"ALTER USER '{_user}'@'%' IDENTIFIED BY '{password}'");

    // More at once than the pool has idle, so that the server is asked for a new one each time.
    private static async Task OpenManyAsync(Database database, int more = 1)
    {
        var open = new List<DbConnection>();
        try
        {
            for (var session = 0; session <= more; session++)
            {
                open.Add(await database.OpenAsync(CancellationToken.None));
            }
        }
        finally
        {
            foreach (var connection in open)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
