namespace EnergyLoad.Auth.Users;

/// <summary>How a change of one's own password ended.</summary>
internal abstract record OwnPasswordOutcome
{
    private OwnPasswordOutcome()
    {
    }

    public sealed record Changed : OwnPasswordOutcome;

    public sealed record WrongPassword : OwnPasswordOutcome;

    public sealed record TooMany(TimeSpan Wait) : OwnPasswordOutcome;
}
