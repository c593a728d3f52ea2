using Microsoft.IdentityModel.JsonWebTokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>What was found of a token.</summary>
internal abstract record TokenVerdict
{
    private TokenVerdict()
    {
    }

    /// <summary>It is what it says that it is.</summary>
    /// <param name="Token">The token; the same object as long as the token is remembered.</param>
    public sealed record Holds(JsonWebToken Token) : TokenVerdict;

    /// <summary>It does not hold.</summary>
    /// <param name="Why">For the audit log; it quotes nothing of the token, and the client is never told.</param>
    public sealed record Refused(string Why) : TokenVerdict;
}
