using EnergyLoad.Auth.Users;

namespace EnergyLoad.Auth.Login;

/// <summary>How a check of a password ended.</summary>
internal abstract record PasswordOutcome
{
    private PasswordOutcome()
    {
    }

    /// <summary>The password is the active user's.</summary>
    public sealed record Right(UserRow User, ThrottleState State) : PasswordOutcome;

    /// <summary>It is not, or the user is not there (null) or not active; the failure is counted.</summary>
    public sealed record Wrong(UserRow? User) : PasswordOutcome;

    /// <summary>It was not looked at.</summary>
    public sealed record TooMany(Throttled Throttled) : PasswordOutcome;
}
