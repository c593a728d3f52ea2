using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Caching.Memory;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>
/// Verifies a token's signature once and remembers the result, under the token's hash and the version of the key set, until it expires. Its
/// times are looked at every time; whether it was revoked is not known here and is never remembered (see Freshness).
/// </summary>
internal sealed class CachingTokenHandler(Uri keySet, TimeProvider time, ILogger<KeySet> logger) : TokenHandler, IDisposable
{
    private const int RememberedTokens = 10_000;
    private readonly KeySet _keys = new(keySet, time, logger);
    private readonly JsonWebTokenHandler _inner = new() { MapInboundClaims = false };
    private readonly MemoryCache _verified = new(new MemoryCacheOptions { SizeLimit = RememberedTokens });

    public override async Task<TokenValidationResult> ValidateTokenAsync(string token, TokenValidationParameters validationParameters)
    {
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (_verified.TryGetValue(Key(hash, await _keys.GetVersionAsync()), out TokenValidationResult? known))
        {
            return TokenTimes.Hold(known!.SecurityToken, time.GetUtcNow()) ? known : Refused("expired");
        }

        return TokenForm.TryRead(token, out var parsed, out var fault)
            ? await VerifyAsync(token, hash, parsed, validationParameters)
            : Refused(fault);
    }

    public void Dispose()
    {
        _keys.Dispose();
        _verified.Dispose();
    }

    internal static TokenValidationResult Refused(string fault) =>
        new() { IsValid = false, Exception = new SecurityTokenValidationException(fault) };

    private async Task<TokenValidationResult> VerifyAsync(
        string token, string hash, JsonWebToken parsed, TokenValidationParameters parameters)
    {
        var (key, version) = await _keys.FindAsync(parsed.Kid);
        if (key is null)
        {
            return Refused("no key of that kid");
        }

        var withKey = parameters.Clone();
        withKey.IssuerSigningKey = key;
        var result = await _inner.ValidateTokenAsync(token, withKey);
        if (result.IsValid)
        {
            _verified.Set(
                Key(hash, version), result, new MemoryCacheEntryOptions { Size = 1, AbsoluteExpiration = result.SecurityToken.ValidTo });
        }

        return result;
    }

    private static string Key(string hash, long version) => $"{version}:{hash}";
}
