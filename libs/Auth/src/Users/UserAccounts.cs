using System.Data.Common;
using EnergyLoad.Audit;
using EnergyLoad.Auth.Passwords;
using EnergyLoad.MySql;

namespace EnergyLoad.Auth.Users;

/// <summary>
/// Makes and changes users, each act with its audit row in one transaction. Nobody acts on a user whose roles exceed their own.
/// </summary>
internal sealed class UserAccounts(Database database, AuditLog audit, UserStore users, PasswordHasher hasher)
{
    public async Task<AccountOutcome> CreateAsync(
        Actor actor, Username name, string password, RoleSet roles, CancellationToken cancellationToken)
    {
        if (!actor.User.Roles.MayActOn(roles))
        {
            await audit.TryRecordAsync(
                AuditEvent.AccountCreationRefused(actor.Context, name.Value, nameof(AccountOutcome.RolesExceedOwn)), cancellationToken);
            return new AccountOutcome.RolesExceedOwn();
        }

        if (await users.FindByNameAsync(name, cancellationToken) is { } existing)
        {
            return new AccountOutcome.Exists(existing.Id);
        }

        var user = NewUser.Create(name, await hasher.HashAsync(password, cancellationToken), roles, actor.User.UserId, mustChange: true);
        try
        {
            await database.InTransactionAsync((transaction, token) => InsertAsync(transaction, actor, user, token), cancellationToken);
            return new AccountOutcome.Done(user.Id);
        }
        catch (DbException exception) when (SqlErrors.IsDuplicateKey(exception))
        {
            // Somebody else made the user between the look and the insert.
            return new AccountOutcome.Exists((await users.FindByNameAsync(name, cancellationToken))!.Id);
        }
    }

    public async Task<AccountOutcome> EditAsync(Actor actor, string id, UserChanges changes, CancellationToken cancellationToken)
    {
        var hash = changes.Password is { } password ? await hasher.HashAsync(password, cancellationToken) : null;
        return await ActAsync(actor, id, new EditUser(changes, hash, audit), cancellationToken);
    }

    public Task<AccountOutcome> DeactivateAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        ActAsync(actor, id, new DeactivateUser(audit), cancellationToken);

    public Task<AccountOutcome> EndSessionsAsync(Actor actor, string id, CancellationToken cancellationToken) =>
        ActAsync(actor, id, new EndUserSessions(audit), cancellationToken);

    private async Task<AccountOutcome> ActAsync(Actor actor, string id, IUserAct act, CancellationToken cancellationToken)
    {
        var outcome = await database.InTransactionAsync(
            async (transaction, token) => await UserStore.LockAsync(transaction, id, token) switch
            {
                null => new AccountOutcome.NotFound(),
                var user when !actor.User.Roles.MayActOn(user.Roles) => new AccountOutcome.RolesExceedOwn(),
                var user => await act.RunAsync(transaction, actor, user, token),
            },
            cancellationToken);
        if (outcome is AccountOutcome.Refusal refusal)
        {
            await audit.TryRecordAsync(act.Refused(actor.Context, id, refusal.Reason), cancellationToken);
        }

        return outcome;
    }

    private async Task InsertAsync(DbTransaction transaction, Actor actor, NewUser user, CancellationToken cancellationToken)
    {
        await UserStore.InsertAsync(transaction, user, cancellationToken);
        await audit.RecordAsync(
            transaction, AuditEvent.AccountCreated(actor.Context, user.Id, user.Username, user.Type), cancellationToken);
    }
}
