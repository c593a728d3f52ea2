using System.Data.Common;
using EnergyLoad.Audit;

namespace EnergyLoad.Auth.Users;

/// <summary>Changes password, roles or status, and ends the user's sessions; one audit row for each thing that changed.</summary>
internal sealed class EditUser(UserChanges changes, string? hash, AuditLog audit) : IUserAct
{
    public async Task<AccountOutcome> RunAsync(DbTransaction transaction, Actor actor, UserRow user, CancellationToken cancellationToken)
    {
        var roles = changes.Roles ?? user.Roles;
        var status = changes.Status ?? user.Status;
        if (await RefuseAsync(transaction, actor, user, roles, status, cancellationToken) is { } refusal)
        {
            return refusal;
        }

        AuditEvent[] events = [.. EventsOf(actor.Context, user, roles, status)];
        if (events.Length == 0)
        {
            return new AccountOutcome.Done(user.Id);
        }

        if (hash is not null)
        {
            await UserStore.SetPasswordAsync(transaction, user.Id, hash, mustChange: true, cancellationToken);
        }

        await UserStore.SetRightsAsync(transaction, user.Id, roles, status, cancellationToken);
        await UserStore.EndSessionsAsync(transaction, user.Id, cancellationToken);
        foreach (var entry in events)
        {
            await audit.RecordAsync(transaction, entry, cancellationToken);
        }

        return new AccountOutcome.Done(user.Id);
    }

    public AuditEvent Refused(AuditContext context, string userId, string reason) => changes.Roles is { } wanted
        ? AuditEvent.RoleChangeRefused(context, userId, wanted.ToString(), reason)
        : AuditEvent.AccountChangeRefused(context, userId, reason);

    private async Task<AccountOutcome?> RefuseAsync(
        DbTransaction transaction, Actor actor, UserRow user, RoleSet roles, string status, CancellationToken cancellationToken)
    {
        if (!actor.User.Roles.MayActOn(roles))
        {
            return new AccountOutcome.RolesExceedOwn();
        }

        if (hash is not null && string.Equals(user.Id, actor.User.UserId, StringComparison.Ordinal))
        {
            return new AccountOutcome.OwnPassword();
        }

        var remainsRoot = UserStatus.IsActive(status) && roles.Contains(Role.Root);
        return !remainsRoot && await UserStore.IsLastRootAsync(transaction, user.Id, cancellationToken)
            ? new AccountOutcome.LastRoot()
            : null;
    }

    private IEnumerable<AuditEvent> EventsOf(AuditContext context, UserRow user, RoleSet roles, string status)
    {
        if (hash is not null)
        {
            yield return AuditEvent.PasswordChanged(context, user.Id, user.Username);
        }

        if (roles != user.Roles)
        {
            yield return AuditEvent.RoleChanged(context, user.Id, user.Username, user.Roles.ToString(), roles.ToString());
        }

        if (UserStatus.IsActive(status) != user.IsActive)
        {
            yield return user.IsActive
                ? AuditEvent.AccountDeactivated(context, user.Id, user.Username)
                : AuditEvent.AccountChanged(context, user.Id, user.Username, "reactivated");
        }
    }
}
