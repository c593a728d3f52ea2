using Dapper;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Access;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Login;

/// <summary>Ends one token, on every instance from the next request on.</summary>
internal sealed class Logout(Database database, AuditLog audit)
{
    private const int PurgeBatch = 500;

    private const string Revoke = """
        INSERT INTO jwt (jti, user_id, expires_at) VALUES (@jti, @userId, @expiresAt)
        ON DUPLICATE KEY UPDATE user_id = user_id
        """;

    public Task RunAsync(Session session, AuditContext context, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (transaction, token) =>
            {
                var parameters = new
                {
                    jti = session.Jti.ToByteArray(bigEndian: true),
                    userId = session.User.UserId,
                    expiresAt = session.ExpiresAt.UtcDateTime,
                };
                await transaction.Connection!.ExecuteAsync(
                    new CommandDefinition(Revoke, parameters, transaction, cancellationToken: token));
                await audit.RecordAsync(transaction, AuditEvent.LoggedOut(context, session.User.UserId, session.Jti.ToString()), token);
            },
            cancellationToken);

    // Until then a clock a minute behind could still take the token for valid.
    private const string Purge = "DELETE FROM jwt WHERE expires_at < UTC_TIMESTAMP(6) - INTERVAL 120 SECOND LIMIT @batch";

    /// <summary>Deletes one batch of tokens that have expired for good; returns how many.</summary>
    public async Task<int> PurgeAsync(CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        return await connection.ExecuteAsync(
            new CommandDefinition(Purge, new { batch = PurgeBatch }, cancellationToken: cancellationToken));
    }
}
