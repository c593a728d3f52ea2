using System.Data.Common;
using EnergyLoad.Audit;

namespace EnergyLoad.Auth.Users;

/// <summary>An act of an administrator on a user whose row is locked.</summary>
internal interface IUserAct
{
    Task<AccountOutcome> RunAsync(DbTransaction transaction, Actor actor, UserRow user, CancellationToken cancellationToken);

    AuditEvent Refused(AuditContext context, string userId, string reason);
}
