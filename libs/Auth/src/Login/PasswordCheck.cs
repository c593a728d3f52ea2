using EnergyLoad.Auth.Passwords;
using EnergyLoad.Auth.Users;

namespace EnergyLoad.Auth.Login;

/// <summary>Checks a password against a user who may not exist, in the same steps and the same time, behind the throttle.</summary>
internal sealed class PasswordCheck(LoginThrottle throttle, AddressRate rate, Decoys decoys, PasswordHasher hasher)
{
    public async Task<Result> RunAsync(UserRow? user, string password, Attempt attempt, CancellationToken cancellationToken)
    {
        if (rate.Take(attempt.Address) is { } tooFast)
        {
            return new Result(false, tooFast);
        }

        if (await throttle.CheckAsync(attempt.Subjects, cancellationToken) is { } throttled)
        {
            return new Result(false, throttled);
        }

        var decoy = await decoys.ForAsync(attempt.Name, cancellationToken);
        using var turn = await hasher.WaitForTurnAsync(user?.Hash ?? decoy, cancellationToken);

        // Failures of attempts that were hashed while this one waited count as well: a burst gets no more guesses than a row of single attempts.
        if (await throttle.CheckAsync(attempt.Subjects, cancellationToken) is { } meanwhile)
        {
            return new Result(false, meanwhile);
        }

        var matches = await turn.VerifyAsync(password);
        return new Result(matches && user is { IsActive: true, Hash: not null }, null);
    }

    internal sealed record Result(bool Holds, Throttled? Throttled);
}
