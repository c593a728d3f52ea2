using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>The keys of one issuer, read from a JWK set (RFC 7517).</summary>
internal sealed record SigningKeys(IReadOnlyList<SigningKey> Keys)
{
    /// <exception cref="InvalidDataException">The set has no key that can be used.</exception>
    public static SigningKeys Parse(JsonElement set)
    {
        var keys = set.GetProperty("keys").EnumerateArray()
            .Where(key => TextOf(key, "kty") == "RSA" && TextOf(key, "n").Length > 0 && TextOf(key, "e").Length > 0)
            .Select(ToKey)
            .ToArray();
        return keys.Length > 0 ? new SigningKeys(keys) : throw new InvalidDataException("The JWK set has no RSA key.");
    }

    public TokenRefusal? Verify(Jwt jwt)
    {
        var refusal = TokenRefusal.NoMatchingKey;
        foreach (var key in Keys.Where(key => key.Fits(jwt.Header)))
        {
            if (key.Verifies(jwt))
            {
                return null;
            }

            refusal = TokenRefusal.BadSignature;
        }

        return refusal;
    }

    private static SigningKey ToKey(JsonElement key) => new(TextOf(key, "kid"), TextOf(key, "alg"), new RSAParameters
    {
        Modulus = Base64Url.DecodeFromChars(TextOf(key, "n")),
        Exponent = Base64Url.DecodeFromChars(TextOf(key, "e")),
    });

    private static string TextOf(JsonElement key, string name) =>
        key.TryGetProperty(name, out var member) && member.ValueKind is JsonValueKind.String ? member.GetString()! : "";
}
