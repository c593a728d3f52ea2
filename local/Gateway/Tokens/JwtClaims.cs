using System.Text.Json;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <param name="Issuer">Empty when there is none.</param>
/// <param name="NotBefore">Seconds since 1970; 0 when absent, which means no limit.</param>
/// <param name="Expires">Seconds since 1970; 0 when absent, which means no limit.</param>
internal sealed record JwtClaims(string Issuer, IReadOnlyList<string> Audiences, long NotBefore, long Expires)
{
    private static readonly string[] Texts = ["iss", "sub"];
    private static readonly string[] Integers = ["iat", "nbf", "exp"];

    public static TokenRefusal? TryRead(string segment, out JwtClaims? claims)
    {
        claims = null;
        if (!TokenSegment.TryDecode(segment, out var bytes))
        {
            return TokenRefusal.PayloadNotBase64;
        }

        using var json = TokenSegment.TryParse(bytes);
        if (json is null)
        {
            return TokenRefusal.PayloadNotJson;
        }

        var root = json.RootElement;
        if (FindWrongType(root) is { } wrong)
        {
            return wrong;
        }

        claims = new JwtClaims(TextOf(root, "iss"), AudiencesOf(root), IntegerOf(root, "nbf"), IntegerOf(root, "exp"));
        return null;
    }

    private static TokenRefusal? FindWrongType(JsonElement root)
    {
        foreach (var name in Texts)
        {
            if (IsOtherThan(root, name, JsonValueKind.String))
            {
                return TokenRefusal.NotText(name);
            }
        }

        foreach (var name in Integers)
        {
            if (IsOtherThan(root, name, JsonValueKind.Number))
            {
                return TokenRefusal.NotInteger(name);
            }
        }

        return IsOtherThan(root, "jti", JsonValueKind.String) ? TokenRefusal.NotText("jti")
            : HasBadAudience(root) ? TokenRefusal.AudienceNotText
            : null;
    }

    private static bool IsOtherThan(JsonElement root, string name, JsonValueKind kind) =>
        root.TryGetProperty(name, out var member) && member.ValueKind != kind;

    private static bool HasBadAudience(JsonElement root) =>
        root.TryGetProperty("aud", out var audience)
        && audience.ValueKind is not JsonValueKind.String
        && (audience.ValueKind is not JsonValueKind.Array
            || audience.EnumerateArray().Any(item => item.ValueKind is not JsonValueKind.String));

    private static string TextOf(JsonElement root, string name) => root.TryGetProperty(name, out var member) ? member.GetString()! : "";

    // The library reads numbers as doubles and cuts off what is behind the point.
    private static long IntegerOf(JsonElement root, string name) =>
        root.TryGetProperty(name, out var member) ? (long)member.GetDouble() : 0;

    private static string[] AudiencesOf(JsonElement root) => !root.TryGetProperty("aud", out var audience) ? []
        : audience.ValueKind is JsonValueKind.String ? [audience.GetString()!]
        : [.. audience.EnumerateArray().Select(item => item.GetString()!)];
}
