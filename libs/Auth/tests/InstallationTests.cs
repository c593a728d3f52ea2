using System.Net;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Tests.Infrastructure;
using EnergyLoad.MySql;
using EnergyLoad.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statement 10, and installations that exist already: tables, rows and users of the original.</summary>
public sealed class InstallationTests : IAsyncLifetime
{
    private const string OriginalTables = """
        CREATE TABLE user_auth_roles (
          id VARCHAR(50), username VARCHAR(15), password VARCHAR(150), type VARCHAR(250), creator VARCHAR(500), status VARCHAR(25) DEFAULT 'active'
        ) ENGINE=InnoDB DEFAULT CHARACTER SET latin1;
        CREATE TABLE jwt (user_id VARCHAR(50), jwt TEXT, start_validity BIGINT, expiring BIGINT, payload TEXT);
        INSERT INTO jwt VALUES ('1', 'header.payload.signature', 1, 2, '{}');
        """;

    private readonly TestDatabase _database = new();

    public Task InitializeAsync() => _database.InitializeAsync();

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task Rows_of_the_original_log_in_after_the_migration_and_keep_their_ids_roles_and_states()
    {
        await _database.ExecuteAsync(OriginalTables);
        var hash = Hashes.Of("edm2021!", Hashes.Original);
        await _database.ExecuteAsync($"""
            INSERT INTO user_auth_roles VALUES
              ('c0ffee', 'Sender1', '{hash}', 'sender, something_old', 'eyJhbGciOi.token.of.its.maker', 'active'),
              ('dead', 'gone', '{hash}', 'admin', NULL, 'deactivated')
            """);

        await MigrateAsync();
        await MigrateAsync();

        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());
        var world = new World(service, _database);
        var token = await service.Client().LoginAsync("Sender1", "edm2021!");
        Assert.Equal("sender1 sender", await service.Client().GetAsync("/things", token).AcceptedAsync());
        await service.Client().TryLoginAsync("gone", "edm2021!").RefusedAsync(HttpStatusCode.Unauthorized);
        Assert.Equal(hash, await world.ScalarAsync<string>("SELECT password FROM user_auth_roles WHERE id = 'c0ffee'"));
        Assert.Equal(1, await world.ScalarAsync<int>("SELECT COUNT(*) FROM jwt_original"));
        await service.Client().PostAsync("/logout", token).AcceptedAsync();
    }

    [Fact]
    public async Task S10_a_new_installation_has_no_user_and_the_first_root_is_made_by_a_command_that_prints_its_password_once()
    {
        await MigrateAsync();
        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());
        var world = new World(service, _database);
        Assert.Equal(0, await world.ScalarAsync<int>("SELECT COUNT(*) FROM user_auth_roles"));

        var (exit, password) = await CommandAsync(service, "create-root", "First.Root");
        Assert.Equal(0, exit);
        Assert.Equal(32, password.Length);
        var (again, message) = await CommandAsync(service, "create-root", "first.root");
        Assert.Equal(1, again);
        Assert.DoesNotContain(password, message, StringComparison.Ordinal);

        var token = await service.Client().LoginAsync("first.root", password);
        await service.Client().GetAsync("/api/v1/management/users", token).AcceptedAsync();
        Assert.Equal(["RootCreated", "RootCreationRefused", "LoginSucceeded"], await world.AuditAsync("first.root"));
        Assert.DoesNotContain(service.Log.Lines, line => line.Text.Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task S16_a_job_puts_the_password_of_the_root_that_it_makes_into_a_secret_and_not_into_its_output()
    {
        await MigrateAsync();
        var google = await FakeGoogle.StartAsync();
        await using var service = await RunningService.StartAsync(_database, google);

        var (exit, output) = await CommandAsync(service, "create-root", "second.root", "--secret", "first-root");

        var (secret, password) = Assert.Single(google.Secrets);
        Assert.Equal((0, 32), (exit, password.Length));
        Assert.Contains($"{secret}/versions/1", output, StringComparison.Ordinal);
        Assert.DoesNotContain(password, output, StringComparison.Ordinal);
        await service.Client().LoginAsync("second.root", password);
        Assert.DoesNotContain(service.Log.Lines, line => line.Text.Contains(password, StringComparison.Ordinal));
    }

    [Fact]
    public async Task No_root_is_made_when_the_secret_does_not_take_its_password()
    {
        await MigrateAsync();
        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());

        var (exit, output) = await CommandAsync(service, "create-root", "third.root", "--secret", "no-such-secret");

        Assert.Equal(1, exit);
        Assert.Contains("no-such-secret", output, StringComparison.Ordinal);
        var world = new World(service, _database);
        Assert.Equal(0, await world.ScalarAsync<int>("SELECT COUNT(*) FROM user_auth_roles WHERE username = 'third.root'"));
        Assert.Empty(await world.AuditAsync("third.root"));
    }

    [Fact]
    public async Task S21_the_last_active_root_cannot_be_deactivated_or_stripped_of_its_role()
    {
        await MigrateAsync();
        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());
        var world = new World(service, _database);
        var client = service.Client();
        var root = await world.SessionAsync(Role.Root);
        await world.UserAsync("unusable", [Role.Root], "deactivated");
        var edit = $"/api/v1/management/users/user/edit/{root.User.Id}";

        Assert.Equal(
            "LastRoot",
            await client.DeleteAsync($"/api/v1/management/users/user/deactivate/{root.User.Id}", root.Token)
                .RefusedAsync(HttpStatusCode.Conflict));
        Assert.Equal("LastRoot", await client.PatchAsync(edit, root.Token, new { type = "admin" }).RefusedAsync(HttpStatusCode.Conflict));
        Assert.Equal(
            "LastRoot", await client.PatchAsync(edit, root.Token, new { status = "deactivated" }).RefusedAsync(HttpStatusCode.Conflict));
        Assert.Equal(
            ["AccountChangeRefused", "AccountDeactivationRefused", "RoleChangeRefused"], (await world.AuditAsync(root.User.Id)).Order());

        await world.UserAsync(Role.Root);
        await client.DeleteAsync($"/api/v1/management/users/user/deactivate/{root.User.Id}", root.Token).AcceptedAsync();
    }

    [Fact]
    public async Task S21_two_roots_that_deactivate_each_other_at_once_leave_one()
    {
        await MigrateAsync();
        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());
        var world = new World(service, _database);
        for (var round = 0; round < 5; round++)
        {
            await world.ExecuteAsync("UPDATE user_auth_roles SET status = 'deactivated'");
            var roots = new[] { await world.SessionAsync(Role.Root), await world.SessionAsync(Role.Root) };

            await Task.WhenAll(roots.Select(root => service.Client().DeleteAsync(
                $"/api/v1/management/users/user/deactivate/{roots.Single(other => other != root).User.Id}", root.Token)));

            Assert.Equal(1, await world.ScalarAsync<int>("SELECT COUNT(*) FROM user_auth_roles WHERE status = 'active'"));
        }
    }

    [Fact]
    public async Task Users_of_an_older_installation_are_imported_by_one_command()
    {
        await MigrateAsync();
        await _database.ExecuteAsync($"""
            CREATE TABLE backoffice_users (id VARCHAR(50), username VARCHAR(15), password VARCHAR(150), type VARCHAR(250), creator VARCHAR(500), status VARCHAR(25));
            INSERT INTO backoffice_users VALUES
              ('old-1', 'Marie', '{Hashes.Of("edm2021!", Hashes.Original)}', 'sender', 'eyJ.token.of.maker', 'active'),
              ('old-2', 'taken', 'x', 'admin', NULL, 'active'),
              ('old-3', 'halted', 'x', 'user', NULL, NULL);
            INSERT INTO user_auth_roles (id, username, password, type) VALUES ('new-1', 'taken', 'y', 'user');
            """);
        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());
        var world = new World(service, _database);

        Assert.Equal((0, "2 imported, 1 skipped"), await CommandAsync(service, "import-users"));
        Assert.Equal((0, "0 imported, 3 skipped"), await CommandAsync(service, "import-users"));

        await service.Client().LoginAsync("marie", "edm2021!");
        Assert.Equal("y", await world.ScalarAsync<string>("SELECT password FROM user_auth_roles WHERE username = 'taken'"));
        Assert.Equal(0, await world.ScalarAsync<int>("SELECT COUNT(*) FROM user_auth_roles WHERE creator IS NOT NULL"));
        Assert.Equal(["UsersImported", "UsersImported"], await world.AuditAsync("backoffice_users"));
    }

    [Fact]
    public async Task Commands_say_how_they_are_used_and_leave_those_of_others_alone()
    {
        await MigrateAsync();
        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());

        Assert.Equal(1, (await CommandAsync(service, "create-root")).Exit);
        Assert.Equal(1, (await CommandAsync(service, "create-root", "two words")).Exit);
        Assert.Null((await CommandAsync(service, "migrate")).Exit);
        Assert.Null((await CommandAsync(service)).Exit);
    }

    [Fact]
    public async Task The_sweep_deletes_what_has_expired_and_nothing_else()
    {
        await MigrateAsync();
        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());
        var world = new World(service, _database);
        await _database.ExecuteAsync("""
            INSERT INTO jwt VALUES
              (UNHEX(REPEAT('01', 16)), 'u', UTC_TIMESTAMP(6) - INTERVAL 3 MINUTE), (UNHEX(REPEAT('02', 16)), 'u', UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE);
            INSERT INTO login_throttle VALUES
              (UNHEX(REPEAT('01', 32)), 9, UTC_TIMESTAMP(6) - INTERVAL 61 MINUTE, UTC_TIMESTAMP(6)), (UNHEX(REPEAT('02', 32)), 9, UTC_TIMESTAMP(6) - INTERVAL 50 MINUTE, UTC_TIMESTAMP(6));
            INSERT INTO login_known VALUES (UNHEX(REPEAT('01', 32)), UTC_TIMESTAMP(6) - INTERVAL 31 DAY), (UNHEX(REPEAT('02', 32)), UTC_TIMESTAMP(6) - INTERVAL 29 DAY);
            """);

        var deleted = await (service.Client() with { Caller = Account.Scheduler }).PostAsync("/internal/scheduler/sweep").AcceptedAsync();

        Assert.Equal("3", deleted);
        foreach (var table in new[] { "jwt", "login_throttle", "login_known" })
        {
            Assert.Equal(1, await world.ScalarAsync<int>($"SELECT COUNT(*) FROM {table}"));
        }
    }

    [Fact]
    public async Task S5_stored_hashes_above_the_targets_work_are_not_downgraded()
    {
        await MigrateAsync();
        await using var service = await RunningService.StartAsync(_database, await FakeGoogle.GetAsync());
        var world = new World(service, _database);
        var strong = Hashes.Of(AuthFixture.Password, new Argon2Parameters(65536, 3, 1));
        var user = await world.UserAsync(strong, [Role.User]);

        await service.Client().LoginAsync(user.Name, AuthFixture.Password);

        Assert.Equal(strong, await world.ScalarAsync<string>("SELECT password FROM user_auth_roles WHERE id = @Id", user));
    }

    private static async Task<(int? Exit, string Output)> CommandAsync(RunningService service, params string[] args)
    {
        await using var output = new StringWriter();
        var exit = await AuthCommands.RunAsync(service.Services, args, output, CancellationToken.None);
        return (exit, output.ToString().Trim());
    }

    private async Task MigrateAsync()
    {
        var migrator = new Migrator(_database.Database, NullLogger<Migrator>.Instance);
        await migrator.RunAsync(AuditMigrations.Set, CancellationToken.None);
        await migrator.RunAsync(AuthMigrations.Set, CancellationToken.None);
    }
}
