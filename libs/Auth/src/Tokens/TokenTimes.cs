using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>
/// Whether a token's times hold: <c>exp</c> is required, <c>nbf</c> and <c>iat</c> must not lie ahead; clocks may differ by a minute.
/// </summary>
internal static class TokenTimes
{
    public static readonly TimeSpan Skew = TimeSpan.FromSeconds(60);

    public static bool Hold(SecurityToken token, DateTimeOffset now) => token is JsonWebToken jwt
        && jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Exp, out var exp) && IsAfter(exp, now - Skew)
        && (!jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Nbf, out var nbf) || !IsAfter(nbf, now + Skew))
        && (!jwt.TryGetPayloadValue<long>(JwtRegisteredClaimNames.Iat, out var iat) || !IsAfter(iat, now + Skew));

    private static bool IsAfter(long seconds, DateTimeOffset instant) => seconds > instant.ToUnixTimeSeconds();
}
