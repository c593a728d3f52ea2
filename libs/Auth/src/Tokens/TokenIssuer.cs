using System.Text.Json;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Auth.Tokens;

/// <summary>Makes the token of one login.</summary>
internal sealed class TokenIssuer(ITokenSigner signer, IOptions<AuthOptions> options, TimeProvider time)
{
    public async Task<IssuedToken> IssueAsync(string userId, RoleSet roles, long version, CancellationToken cancellationToken)
    {
        var settings = options.Value;
        var now = time.GetUtcNow();
        var payload = JsonSerializer.Serialize(
            new TokenClaims(
                Iat: now.ToUnixTimeSeconds(),
                Exp: (now + settings.TokenLifetime).ToUnixTimeSeconds(),
                Iss: settings.Issuer,
                Aud: settings.Audience,
                Sub: settings.Issuer,
                Email: settings.Issuer,
                UserId: userId,
                AllowedFor: roles.ToNames(),
                Jti: Guid.CreateVersion7(now).ToString(),
                Ver: version),
            TokenJson.Default.TokenClaims);
        return new IssuedToken(await signer.SignAsync(payload, cancellationToken), settings.TokenLifetime);
    }
}
