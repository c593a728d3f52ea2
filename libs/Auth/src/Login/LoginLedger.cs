using EnergyLoad.Audit;
using EnergyLoad.Auth.Users;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Login;

/// <summary>Leaves what a login leaves behind: its audit row, and for a success the reset counts and a stronger hash in the same transaction.</summary>
internal sealed class LoginLedger(Database database, AuditLog audit)
{
    public Task AdmittedAsync(Attempt attempt, UserRow user, string? upgradedHash, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (transaction, token) =>
            {
                if (upgradedHash is not null)
                {
                    await UserStore.UpgradePasswordAsync(transaction, user.Id, user.Password, upgradedHash, token);
                }

                await LoginThrottle.ResetAsync(transaction, attempt.Subjects, token);
                var about = attempt.Context with { ActorUserId = user.Id };
                await audit.RecordAsync(transaction, AuditEvent.LoginSucceeded(about, user.Id, user.Username), token);
            },
            cancellationToken);

    public Task RefusedAsync(Attempt attempt, UserRow? user, CancellationToken cancellationToken) =>
        audit.TryRecordAsync(AuditEvent.LoginFailed(attempt.Context, attempt.TypedName, user?.Id, ReasonOf(user)), cancellationToken);

    public Task ThrottledAsync(Attempt attempt, Throttled throttled, CancellationToken cancellationToken) =>
        audit.TryRecordAsync(AuditEvent.LoginThrottled(attempt.Context, attempt.TypedName, throttled.Limit), cancellationToken);

    private static string ReasonOf(UserRow? user) => user switch
    {
        null => "UnknownUser",
        { IsActive: false } => "Deactivated",
        { Hash: null } => "UnusableHash",
        _ => "WrongPassword",
    };
}
