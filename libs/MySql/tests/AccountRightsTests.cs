using System.Data.Common;
using EnergyLoad.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace EnergyLoad.MySql.Tests;

public sealed class AccountRightsTests(TestDatabase server) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private readonly string _account = $"a{Guid.NewGuid():n}"[..24];

    public Task InitializeAsync() => server.ExecuteAsync($"CREATE USER '{_account}'@'%' IDENTIFIED BY 'secret'");

    public Task DisposeAsync() => server.ExecuteAsync($"DROP USER '{_account}'@'%'");

    [Fact]
    public async Task An_account_gets_the_rights_of_its_role_and_no_others()
    {
        var (code, output) = await RunAsync("migrate", "--service", _account);

        Assert.True(code == 0, output);
        await Account.ExecuteAsync("INSERT INTO mine (n) VALUES (1)", null, CancellationToken.None);
        await Assert.ThrowsAnyAsync<DbException>(() => Account.ExecuteAsync("DELETE FROM mine", null, CancellationToken.None));
        await Assert.ThrowsAnyAsync<DbException>(() => Account.ExecuteAsync("SELECT n FROM others", null, CancellationToken.None));
    }

    [Fact]
    public async Task What_Cloud_SQL_gives_to_every_account_is_taken_away()
    {
        await server.ExecuteAsync("CREATE ROLE IF NOT EXISTS cloudsqlsuperuser");
        await server.ExecuteAsync($"GRANT cloudsqlsuperuser TO '{_account}'@'%'");

        await RunAsync("migrate", "--service", _account);
        var (code, output) = await RunAsync("migrate", "--service", _account);

        Assert.True(code == 0, output);
        var held = await server.Database.QueryAsync<string>($"SHOW GRANTS FOR '{_account}'@'%'", null, CancellationToken.None);
        Assert.DoesNotContain(held, grant => grant.Contains("cloudsqlsuperuser", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("--service")]
    [InlineData("--nobody", "account")]
    [InlineData("--service", "it'; DROP TABLE mine; --")]
    [InlineData("--service", "one", "--service")]
    public async Task What_is_no_role_or_no_account_changes_nothing(params string[] options)
    {
        var (code, output) = await RunAsync(["migrate", .. options]);

        Assert.Equal(2, code);
        Assert.Contains("--service ACCOUNT", output, StringComparison.Ordinal);
    }

    private Database Account
    {
        get
        {
            var options = server.Options;
            (options.User, options.Password) = (_account, "secret");
            return new Database(options);
        }
    }

    private static MigrationStep Table(int level, string name) => new(level, name, $"CREATE TABLE IF NOT EXISTS {name} (n INT)");

    private async Task<(int? Code, string Output)> RunAsync(params string[] arguments)
    {
        var role = new AccountRole("service", (database, account) => [.. AccountRole.On("SELECT, INSERT", database, account, "mine")]);
        IReadOnlyList<MigrationSet> sets = [new("rights", [Table(1, "mine"), Table(2, "others")])];
        await using var services = new ServiceCollection()
            .AddSingleton(server.Database).AddSingleton(Options.Create(server.Options)).AddSingleton(role).AddSingleton(sets)
            .AddSingleton<ILogger<Migrator>>(NullLogger<Migrator>.Instance).AddSingleton<Migrator>().BuildServiceProvider();
        await using var output = new StringWriter();
        return (await MigrateCommand.RunAsync(services, arguments, output, CancellationToken.None), output.ToString());
    }
}
