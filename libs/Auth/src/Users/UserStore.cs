using System.Data.Common;
using Dapper;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Users;

/// <summary>The rows of <c>user_auth_roles</c>.</summary>
internal sealed class UserStore(Database database)
{
    private const string Columns = "id, username, password, type, creator, status, ver, seq";

    /// <summary>The user with the name <c>@name</c>.</summary>
    public const string SelectByName = $"SELECT {Columns} FROM user_auth_roles WHERE username = @name";

    public async Task<UserRow?> FindByNameAsync(Username name, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UserRow>(
            new CommandDefinition(SelectByName, new { name = name.Value }, cancellationToken: cancellationToken));
    }

    private const string SelectById = $"SELECT {Columns} FROM user_auth_roles WHERE id = @id";

    public async Task<UserRow?> FindAsync(string id, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.QuerySingleOrDefaultAsync<UserRow>(
            new CommandDefinition(SelectById, new { id }, cancellationToken: cancellationToken));
    }

    private const string SelectPage = $"SELECT {Columns} FROM user_auth_roles WHERE seq > @after ORDER BY seq LIMIT @limit";

    public async Task<IReadOnlyList<UserRow>> ListAsync(long after, int limit, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var command = new CommandDefinition(SelectPage, new { after, limit }, cancellationToken: cancellationToken);
        return (await connection.QueryAsync<UserRow>(command)).AsList();
    }

    private const string SelectForUpdate = $"SELECT {Columns} FROM user_auth_roles WHERE id = @id FOR UPDATE";

    public static Task<UserRow?> LockAsync(DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        transaction.Connection!.QuerySingleOrDefaultAsync<UserRow>(
            new CommandDefinition(SelectForUpdate, new { id }, transaction, cancellationToken: cancellationToken));

    // In one order everywhere, so that two who each end another root wait for each other instead of dying.
    private const string LockRoots =
        "SELECT id, type FROM user_auth_roles WHERE status = 'active' AND type LIKE '%root%' ORDER BY id FOR UPDATE";

    /// <summary>Whether the user is the only active root; until the transaction ends nobody else can make it so.</summary>
    public static async Task<bool> IsLastRootAsync(DbTransaction transaction, string id, CancellationToken cancellationToken)
    {
        var rows = await transaction.Connection!.QueryAsync<(string Id, string Type)>(
            new CommandDefinition(LockRoots, transaction: transaction, cancellationToken: cancellationToken));
        var roots = rows.Where(row => RoleSet.FromStored(row.Type).Contains(Role.Root)).Select(row => row.Id).ToArray();
        return roots is [var only] && string.Equals(only, id, StringComparison.Ordinal);
    }

    private const string Insert = """
        INSERT INTO user_auth_roles (id, username, password, type, creator, status, must_change_password)
        VALUES (@Id, @Username, @Password, @Type, @Creator, @Status, @MustChange)
        """;

    /// <exception cref="DbException">The name is taken, among others.</exception>
    public static Task InsertAsync(DbTransaction transaction, NewUser user, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(Insert, user, transaction, cancellationToken: cancellationToken));

    private const string SetPassword = """
        UPDATE user_auth_roles SET password = @hash, must_change_password = @mustChange WHERE id = @id
        """;

    public static Task SetPasswordAsync(
        DbTransaction transaction, string id, string hash, bool mustChange, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(SetPassword, new { id, hash, mustChange }, transaction, cancellationToken: cancellationToken));

    // Only the hash that was verified is replaced: if another login or a password change was first, nothing happens.
    private const string UpgradePassword = "UPDATE user_auth_roles SET password = @after WHERE id = @id AND password = @before";

    public static Task UpgradePasswordAsync(
        DbTransaction transaction, string id, string before, string after, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(UpgradePassword, new { id, before, after }, transaction, cancellationToken: cancellationToken));

    private const string SetRights = "UPDATE user_auth_roles SET type = @type, status = @status WHERE id = @id";

    public static Task SetRightsAsync(
        DbTransaction transaction, string id, RoleSet roles, string status, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(
                SetRights, new { id, type = roles.ToString(), status }, transaction, cancellationToken: cancellationToken));

    private const string RaiseVersion = "UPDATE user_auth_roles SET ver = ver + 1 WHERE id = @id";

    /// <summary>Ends every token of the user.</summary>
    public static Task EndSessionsAsync(DbTransaction transaction, string id, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(
            new CommandDefinition(RaiseVersion, new { id }, transaction, cancellationToken: cancellationToken));
}
