using EnergyLoad.Audit;
using EnergyLoad.Auth.Login;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Users;

/// <summary>
/// Changes a user's own password, against the current one. A stolen token gets no more guesses at it than the login gives.
/// </summary>
internal sealed class OwnPassword(
    Database database, AuditLog audit, PasswordCheck check, PasswordHasher hasher)
{
    public async Task<OwnPasswordOutcome> ChangeAsync(Actor actor, string current, string wanted, CancellationToken cancellationToken)
    {
        var attempt = new Attempt(actor.Context, actor.User.Username);
        switch (await check.RunAsync(attempt, current, cancellationToken))
        {
            case PasswordOutcome.TooMany { Throttled: var throttled }:
                await RecordRefusalAsync(actor, "Throttled", cancellationToken);
                return new OwnPasswordOutcome.TooMany(throttled.Wait);
            case PasswordOutcome.Right { User: var user, State: var state }
                when user.Id == actor.User.UserId && await ReplaceAsync(actor, user, attempt, wanted, state, cancellationToken):
                return new OwnPasswordOutcome.Changed();
            default:
                await RecordRefusalAsync(actor, "WrongPassword", cancellationToken);
                return new OwnPasswordOutcome.WrongPassword();
        }
    }

    private async Task<bool> ReplaceAsync(
        Actor actor, UserRow verified, Attempt attempt, string wanted, ThrottleState state, CancellationToken cancellationToken)
    {
        var hash = await hasher.HashAsync(wanted, cancellationToken);
        return await database.InTransactionAsync(
            async (transaction, token) =>
            {
                var user = await UserStore.LockAsync(transaction, verified.Id, token);
                if (user is not { IsActive: true } || !string.Equals(user.Password, verified.Password, StringComparison.Ordinal))
                {
                    // Somebody else changed it after it was verified.
                    return false;
                }

                await UserStore.SetPasswordAsync(transaction, user.Id, hash, mustChange: false, token);
                await UserStore.EndSessionsAsync(transaction, user.Id, token);
                await LoginThrottle.ResetAsync(transaction, attempt.Subjects, state, token);
                await audit.RecordAsync(transaction, AuditEvent.PasswordChanged(actor.Context, user.Id, user.Username), token);
                return true;
            },
            cancellationToken);
    }

    private Task<bool> RecordRefusalAsync(Actor actor, string reason, CancellationToken cancellationToken) =>
        audit.TryRecordAsync(AuditEvent.PasswordChangeRefused(actor.Context, actor.User.UserId, reason), cancellationToken);
}
