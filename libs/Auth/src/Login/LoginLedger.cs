using EnergyLoad.Audit;
using EnergyLoad.Auth.Users;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Login;

/// <summary>
/// Leaves what a login leaves behind: its counts and its audit row; for a success, with a stronger hash where it is due, in one
/// transaction.
/// </summary>
internal sealed class LoginLedger(Database database, AuditLog audit, AuthMetrics metrics)
{
    public async Task AdmittedAsync(
        Attempt attempt, UserRow user, string? upgradedHash, ThrottleState state, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(
            async (transaction, token) =>
            {
                if (upgradedHash is not null)
                {
                    await UserStore.UpgradePasswordAsync(transaction, user.Id, user.Password, upgradedHash, token);
                }

                await LoginThrottle.ResetAsync(transaction, attempt.Subjects, state, token);
                var about = attempt.Context with { ActorUserId = user.Id };
                await audit.RecordAsync(transaction, AuditEvent.LoginSucceeded(about, user.Id, user.Username), token);
            },
            cancellationToken);
        metrics.Login("succeeded");
    }

    public async Task RefusedAsync(Attempt attempt, UserRow? user, CancellationToken cancellationToken)
    {
        metrics.Login("refused");
        await audit.TryRecordAsync(AuditEvent.LoginFailed(attempt.Context, attempt.TypedName, user?.Id, ReasonOf(user)), cancellationToken);
    }

    public async Task ThrottledAsync(Attempt attempt, Throttled throttled, CancellationToken cancellationToken)
    {
        metrics.Login("throttled");
        await audit.TryRecordAsync(AuditEvent.LoginThrottled(attempt.Context, attempt.TypedName, throttled.Limit), cancellationToken);
    }

    private static string ReasonOf(UserRow? user) => user switch
    {
        null => "UnknownUser",
        { IsActive: false } => "Deactivated",
        { Hash: null } => "UnusableHash",
        _ => "WrongPassword",
    };
}
