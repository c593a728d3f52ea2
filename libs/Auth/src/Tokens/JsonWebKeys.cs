using System.Collections.Frozen;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>Reads a JWKS (RFC 7517): the RSA keys of at least 2048 bits that are meant for RS256 signatures, and no others.</summary>
internal static class JsonWebKeys
{
    private const int SmallestModulus = 2048 / 8;

    /// <exception cref="FormatException">It is no JWKS.</exception>
    public static FrozenDictionary<string, RsaSecurityKey> Read(byte[] json)
    {
        try
        {
            var keys = JsonWebKeySet.Create(Encoding.UTF8.GetString(json)).Keys;
            return keys.Where(IsUsable).GroupBy(key => key.Kid).ToFrozenDictionary(
                group => group.Key, group => ToSecurityKey(group.First()));
        }
        catch (Exception exception) when (exception is ArgumentException or JsonException)
        {
            throw new FormatException("The answer is no JSON Web Key Set.", exception);
        }
    }

    private static bool IsUsable(JsonWebKey key) =>
        key is { Kty: JsonWebAlgorithmsKeyTypes.RSA, Kid.Length: > 0, N.Length: > 0, E.Length: > 0 }
        && key.Use is null or "sig"
        && key.Alg is null or SecurityAlgorithms.RsaSha256
        && Base64UrlEncoder.DecodeBytes(key.N).Length >= SmallestModulus;

    private static RsaSecurityKey ToSecurityKey(JsonWebKey key)
    {
        var parameters =
            new RSAParameters { Modulus = Base64UrlEncoder.DecodeBytes(key.N), Exponent = Base64UrlEncoder.DecodeBytes(key.E) };
        return new RsaSecurityKey(parameters) { KeyId = key.Kid };
    }
}
