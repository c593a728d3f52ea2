using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>
/// Verifies a token once and remembers that it held, under its hash and the version of the key set, until it expires. Its times are looked
/// at every time; whether it was revoked is not known here and is never remembered (see Freshness).
/// </summary>
internal sealed class TokenVerifier(Uri keySet, TokenValidationParameters rules, TimeProvider time, ILogger<KeySet> logger) : IDisposable
{
    private const int RememberedTokens = 10_000;
    private readonly KeySet _keys = new(keySet, time, logger);
    private readonly JsonWebTokenHandler _tokens = new() { MapInboundClaims = false };
    private readonly MemoryCache _verified = new(new MemoryCacheOptions { SizeLimit = RememberedTokens });

    /// <exception cref="EnergyLoad.Hosting.UnavailableException">The issuer's keys cannot be had, so that nothing can be said of the token.</exception>
    public async ValueTask<TokenVerdict> VerifyAsync(ReadOnlyMemory<char> token)
    {
        var hash = TokenHash.Of(token.Span);
        if (_verified.TryGetValue((hash, await _keys.GetVersionAsync()), out TokenVerdict.Holds? known))
        {
            return TokenTimes.Hold(known!.Token, time.GetUtcNow()) ? known : new TokenVerdict.Refused("expired");
        }

        return TokenForm.TryRead(token.ToString(), out var parsed, out var fault)
            ? await VerifyAsync(hash, parsed)
            : new TokenVerdict.Refused(fault);
    }

    /// <summary>Looks at everything but the signature, which somebody else has verified and removed.</summary>
    public async Task<TokenVerdict> VerifyClaimsAsync(string token)
    {
        if (!TokenForm.TryRead(token, out var parsed, out var fault))
        {
            return new TokenVerdict.Refused(fault);
        }

        var claimsOnly = rules.Clone();
        claimsOnly.SignatureValidator = static (text, _) => new JsonWebToken(text);
        claimsOnly.ValidateIssuerSigningKey = false;
        return VerdictOf(await _tokens.ValidateTokenAsync(parsed, claimsOnly));
    }

    public void Dispose()
    {
        _keys.Dispose();
        _verified.Dispose();
    }

    private async Task<TokenVerdict> VerifyAsync(TokenHash hash, JsonWebToken parsed)
    {
        var (key, version) = await _keys.FindAsync(parsed.Kid);
        if (key is null)
        {
            return new TokenVerdict.Refused("no key of that kid");
        }

        var withKey = rules.Clone();
        withKey.IssuerSigningKey = key;
        var verdict = VerdictOf(await _tokens.ValidateTokenAsync(parsed, withKey));
        return verdict is TokenVerdict.Holds holds
            ? _verified.Set(
                (hash, version), holds, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = holds.Token.ValidTo })
            : verdict;
    }

    private static TokenVerdict VerdictOf(TokenValidationResult result) => result.IsValid
        ? new TokenVerdict.Holds((JsonWebToken)result.SecurityToken)
        : new TokenVerdict.Refused(ReasonOf(result.Exception));

    // The library's own messages quote parts of the token; ours never do.
    private static string ReasonOf(Exception exception) => exception switch
    {
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException
            => "not valid at this time",
        SecurityTokenInvalidAudienceException => "other audience",
        SecurityTokenInvalidIssuerException => "other issuer",
        SecurityTokenInvalidSignatureException or SecurityTokenSignatureKeyNotFoundException => "signature does not hold",
        _ => "not a valid token",
    };
}
