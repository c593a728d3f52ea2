using Microsoft.IdentityModel.JsonWebTokens;

namespace EnergyLoad.Auth.Freshness;

/// <summary>The claims by which a token can be ended.</summary>
internal sealed record SessionClaims(string UserId, Guid Jti, long Version)
{
    private const int LongestId = 50;

    public static SessionClaims? Read(JsonWebToken token) =>
        token.TryGetPayloadValue<string>("user_id", out var userId) && userId is { Length: > 0 and <= LongestId }
        && Guid.TryParseExact(token.Id, "D", out var jti)
        && token.TryGetPayloadValue<long>("ver", out var version)
            ? new SessionClaims(userId, jti, version)
            : null;
}
