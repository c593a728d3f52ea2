using Dapper;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Users;
using EnergyLoad.Testing;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>What tests arrange and look at behind the service's back.</summary>
internal sealed class World(RunningService service, TestDatabase database)
{
    // Argon2 takes its time on purpose: the users of a class share one hash.
    private static readonly Lazy<string> Hash = new(() => Hashes.Of(AuthFixture.Password, Argon2Parameters.OwaspMinimum));

    /// <summary>Makes a user straight in the table; its password is the fixture's.</summary>
    public async Task<TestUser> UserAsync(params Role[] roles) => await UserAsync(Hash.Value, roles);

    public async Task<TestUser> UserAsync(string hash, Role[] roles, string status = UserStatus.Active)
    {
        var user = new TestUser(Guid.CreateVersion7().ToString(), $"user-{Guid.NewGuid():n}"[..30]);
        await ExecuteAsync(
            "INSERT INTO user_auth_roles (id, username, password, type, status) VALUES (@Id, @Name, @hash, @type, @status)",
            new { user.Id, user.Name, hash, type = new RoleSet(roles).ToString(), status });
        return user;
    }

    /// <summary>Makes a user with a token that was signed without a login, which is quicker.</summary>
    public async Task<LoggedIn> SessionAsync(params Role[] roles)
    {
        var user = await UserAsync(roles);
        return new LoggedIn(user, UserToken.Of(service.Google.IssuerKeys[0], user));
    }

    /// <summary>Makes a user and logs it in.</summary>
    public async Task<LoggedIn> LoggedInAsync(params Role[] roles)
    {
        var user = await UserAsync(roles);
        return new LoggedIn(user, await service.Client().LoginAsync(user.Name, AuthFixture.Password));
    }

    public async Task ExecuteAsync(string sql, object? parameters = null)
    {
        await using var connection = await database.Database.OpenAsync(CancellationToken.None);
        await connection.ExecuteAsync(sql, parameters);
    }

    public async Task<T> ScalarAsync<T>(string sql, object? parameters = null)
    {
        await using var connection = await database.Database.OpenAsync(CancellationToken.None);
        return (await connection.ExecuteScalarAsync<T>(sql, parameters))!;
    }

    /// <summary>The audit rows about or by somebody, as the names of their kinds in order of time.</summary>
    public async Task<string[]> AuditAsync(string idOrSubject)
    {
        await using var connection = await database.Database.OpenAsync(CancellationToken.None);
        var numbers = await connection.QueryAsync<int>(
            "SELECT type FROM access_log WHERE actor_id = @who OR target_id = @who OR subject = @who ORDER BY at", new { who = idOrSubject });
        return [.. numbers.Select(number => EnergyLoad.Audit.AuditEventType.Find(number)!.Name)];
    }
}

internal sealed record TestUser(string Id, string Name)
{
    public static string NewName() => $"new-{Guid.NewGuid():n}"[..24];
}

internal sealed record LoggedIn(TestUser User, string Token);
