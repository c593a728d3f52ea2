using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Tokens;
using EnergyLoad.Auth.Users;

namespace EnergyLoad.Auth.Login;

/// <summary>Exchanges a user name and a password for a token.</summary>
internal sealed class LoginProcess(
    PasswordCheck check, PasswordHasher hasher, TokenIssuer issuer, LoginLedger ledger)
{
    public async Task<LoginOutcome> RunAsync(Attempt attempt, string password, CancellationToken cancellationToken)
    {
        switch (await check.RunAsync(attempt, password, cancellationToken))
        {
            case PasswordOutcome.Right { User: var user, State: var state }:
                return new LoginOutcome.Succeeded(await AdmitAsync(attempt, user, password, state, cancellationToken));
            case PasswordOutcome.TooMany { Throttled: var throttled }:
                await ledger.ThrottledAsync(attempt, throttled, cancellationToken);
                return new LoginOutcome.TooMany(throttled.Wait);
            case PasswordOutcome.Wrong { User: var named }:
                await ledger.RefusedAsync(attempt, named, cancellationToken);
                return new LoginOutcome.Refused();
            case var other:
                throw new InvalidOperationException($"A password check ended in {other}.");
        }
    }

    /// <summary>
    /// The token carries the version that was read before the password was checked: whatever ended the user's sessions meanwhile ends it
    /// too.
    /// </summary>
    private async Task<IssuedToken> AdmitAsync(
        Attempt attempt, UserRow user, string password, ThrottleState state, CancellationToken cancellationToken)
    {
        var upgraded = hasher.NeedsUpgrade(user.Hash!) ? await hasher.HashAsync(password, cancellationToken) : null;
        var token = await issuer.IssueAsync(user.Id, user.Roles, user.Ver, cancellationToken);
        await ledger.AdmittedAsync(attempt, user, upgraded, state, cancellationToken);
        return token;
    }
}
