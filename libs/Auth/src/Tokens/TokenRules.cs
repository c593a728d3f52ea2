using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>What is asked of every token, whoever issued it.</summary>
internal static class TokenRules
{
    public static TokenValidationParameters For(IEnumerable<string> issuers, IEnumerable<string> audiences, TimeProvider time) => new()
    {
        ValidIssuers = issuers,
        ValidAudiences = audiences,
        ValidAlgorithms = [SecurityAlgorithms.RsaSha256],
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        RequireAudience = true,
        ValidateIssuer = true,
        ValidateAudience = true,
        ValidateLifetime = true,
        LifetimeValidator = (_, _, token, _) => TokenTimes.Hold(token, time.GetUtcNow()),
        ValidateIssuerSigningKey = true,
        TryAllIssuerSigningKeys = false,
    };
}
