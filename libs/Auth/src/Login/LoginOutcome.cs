using EnergyLoad.Auth.Tokens;

namespace EnergyLoad.Auth.Login;

/// <summary>How a login ended. A refusal says nothing of why.</summary>
internal abstract record LoginOutcome
{
    private LoginOutcome()
    {
    }

    public sealed record Succeeded(IssuedToken Token) : LoginOutcome;

    public sealed record Refused : LoginOutcome;

    public sealed record TooMany(TimeSpan Wait) : LoginOutcome;
}
