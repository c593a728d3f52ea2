using System.Data.Common;
using EnergyLoad.Audit;

namespace EnergyLoad.Auth.Users;

/// <summary>Deactivates a user and ends the sessions. Repeating it changes nothing and leaves no second row.</summary>
internal sealed class DeactivateUser(AuditLog audit) : IUserAct
{
    public async Task<AccountOutcome> RunAsync(DbTransaction transaction, Actor actor, UserRow user, CancellationToken cancellationToken)
    {
        if (!user.IsActive)
        {
            return new AccountOutcome.Done(user.Id);
        }

        if (await UserStore.IsLastRootAsync(transaction, user.Id, cancellationToken))
        {
            return new AccountOutcome.LastRoot();
        }

        await UserStore.SetRightsAsync(transaction, user.Id, user.Roles, UserStatus.Deactivated, cancellationToken);
        await UserStore.EndSessionsAsync(transaction, user.Id, cancellationToken);
        await audit.RecordAsync(transaction, AuditEvent.AccountDeactivated(actor.Context, user.Id, user.Username), cancellationToken);
        return new AccountOutcome.Done(user.Id);
    }

    public AuditEvent Refused(AuditContext context, string userId, string reason) =>
        AuditEvent.AccountDeactivationRefused(context, userId, reason);
}
