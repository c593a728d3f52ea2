using System.Data.Common;
using EnergyLoad.Audit;

namespace EnergyLoad.Auth.Users;

/// <summary>Ends every token of a user; the user may log in again.</summary>
internal sealed class EndUserSessions(AuditLog audit) : IUserAct
{
    public async Task<AccountOutcome> RunAsync(DbTransaction transaction, Actor actor, UserRow user, CancellationToken cancellationToken)
    {
        await UserStore.EndSessionsAsync(transaction, user.Id, cancellationToken);
        await audit.RecordAsync(transaction, AuditEvent.SessionsEnded(actor.Context, user.Id, user.Username), cancellationToken);
        return new AccountOutcome.Done(user.Id);
    }

    public AuditEvent Refused(AuditContext context, string userId, string reason) => AuditEvent.SessionsEndRefused(context, userId, reason);
}
