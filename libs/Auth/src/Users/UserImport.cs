using System.Data.Common;
using Dapper;
using EnergyLoad.Audit;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Users;

/// <summary>
/// Takes users over from <c>backoffice_users</c>, the table of older installations, with their ids and hashes as they are.
/// </summary>
internal sealed class UserImport(Database database, AuditLog audit)
{
    private const string Source = "backoffice_users";

    // Its creators are left behind: the original wrote tokens there.
    private const string ReadSource =
        $"SELECT id, username, password, type, COALESCE(status, 'deactivated') AS status FROM {Source} ORDER BY id";

    // An id or a name that exists already stays as it is.
    private const string InsertMissing = """
        INSERT INTO user_auth_roles (id, username, password, type, creator, status)
        VALUES (@Id, @Username, @Password, @Type, NULL, @Status)
        ON DUPLICATE KEY UPDATE id = user_auth_roles.id
        """;

    public Task<(int Imported, int Skipped)> RunAsync(CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (transaction, token) =>
            {
                var command = new CommandDefinition(ReadSource, transaction: transaction, cancellationToken: token);
                var rows = (await transaction.Connection!.QueryAsync<UserRow>(command)).AsList();
                var imported = 0;
                foreach (var row in rows)
                {
                    imported += await InsertAsync(transaction, row, token);
                }

                var skipped = rows.Count - imported;
                await audit.RecordAsync(transaction, AuditEvent.UsersImported(AuditContext.None, Source, imported, skipped), token);
                return (imported, skipped);
            },
            cancellationToken);

    private static Task<int> InsertAsync(DbTransaction transaction, UserRow row, CancellationToken cancellationToken)
    {
        var user = new { row.Id, Username = Username.FromTyped(row.Username).Value, row.Password, row.Type, row.Status };
        return transaction.Connection!.ExecuteAsync(
            new CommandDefinition(InsertMissing, user, transaction, cancellationToken: cancellationToken));
    }
}
