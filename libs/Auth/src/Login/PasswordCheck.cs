using EnergyLoad.Auth.Passwords;

namespace EnergyLoad.Auth.Login;

/// <summary>Checks the password of a user who may not exist, in the same steps and the same time, behind the throttle.</summary>
internal sealed class PasswordCheck(LoginThrottle throttle, AddressRate rate, Decoys decoys, PasswordHasher hasher)
{
    public async Task<PasswordOutcome> RunAsync(Attempt attempt, string password, CancellationToken cancellationToken)
    {
        if (rate.Take(attempt.Address) is { } tooFast)
        {
            return new PasswordOutcome.TooMany(tooFast);
        }

        var counted = throttle.Counted;
        var (user, state) = await throttle.ReadWithUserAsync(attempt, cancellationToken);
        if (state.Blocked is { } blocked)
        {
            return new PasswordOutcome.TooMany(blocked);
        }

        var decoy = await decoys.ForAsync(attempt.Name, cancellationToken);

        // A flood from elsewhere does not hold up a user who has logged in from here within a day; such a pair has few free failures.
        using var turn = await hasher.WaitForTurnAsync(user?.Hash ?? decoy, state.IsKnownOfLate, cancellationToken);

        // Failures that were counted while this one waited count as well: a burst gets no more guesses than a row of single attempts.
        if (throttle.Counted != counted)
        {
            state = await throttle.ReadAsync(attempt.Subjects, cancellationToken);
        }

        if (state.Blocked is { } meanwhile)
        {
            return new PasswordOutcome.TooMany(meanwhile);
        }

        if (await turn.VerifyAsync(password) && user is { IsActive: true, Hash: not null })
        {
            return new PasswordOutcome.Right(user, state);
        }

        // Counted before the turn is handed on, so that the next in the queue sees it.
        await throttle.CountFailureAsync(attempt.Subjects, cancellationToken);
        return new PasswordOutcome.Wrong(user);
    }
}
