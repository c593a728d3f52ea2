using System.Text.Json;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <param name="KeyId">Empty when the header names none.</param>
internal sealed record JwtHeader(string Algorithm, string KeyId)
{
    private static readonly HashSet<string> Algorithms = new(StringComparer.Ordinal)
    {
        "ES256", "ES384", "ES512", "HS256", "HS384", "HS512", "RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "EdDSA",
    };

    public static TokenRefusal? TryRead(string segment, out JwtHeader? header)
    {
        header = null;
        if (!TokenSegment.TryDecode(segment, out var bytes))
        {
            return TokenRefusal.HeaderNotBase64;
        }

        using var json = TokenSegment.TryParse(bytes);
        if (json is null)
        {
            return TokenRefusal.HeaderNotJson;
        }

        if (!json.RootElement.TryGetProperty("alg", out var algorithm) || algorithm.ValueKind is not JsonValueKind.String)
        {
            return TokenRefusal.AlgorithmNotText;
        }

        if (!Algorithms.Contains(algorithm.GetString()!))
        {
            return TokenRefusal.AlgorithmUnknown;
        }

        var named = json.RootElement.TryGetProperty("kid", out var keyId);
        if (named && keyId.ValueKind is not JsonValueKind.String)
        {
            return TokenRefusal.KeyIdNotText;
        }

        header = new JwtHeader(algorithm.GetString()!, named ? keyId.GetString()! : "");
        return null;
    }
}
