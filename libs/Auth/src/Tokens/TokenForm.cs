using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>
/// What a token must look like before any key is looked up: RS256, a <c>kid</c>, and no header that would ask us to trust something else.
/// </summary>
internal static class TokenForm
{
    private const int LongestToken = 8 * 1024;

    // Keys named by the token itself (RFC 7515, 4.1.2 to 4.1.8), extensions that we do not know (4.1.11), unencoded payloads (RFC 7797).
    private static readonly string[] RefusedHeaders = ["jku", "jwk", "x5u", "x5c", "x5t", "x5t#S256", "crit", "b64"];

    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    public static bool TryRead(string token, [NotNullWhen(true)] out JsonWebToken? parsed, [NotNullWhen(false)] out string? fault)
    {
        parsed = Parse(token);
        fault = FaultOf(parsed);
        return parsed is not null && fault is null;
    }

    private static string? FaultOf(JsonWebToken? token) => token switch
    {
        null => "not a signed JWT",
        { Alg: not SecurityAlgorithms.RsaSha256 } => "algorithm is not RS256",
        { Kid: null or "" } => "no kid",
        _ => Array.Find(RefusedHeaders, name => token.TryGetHeaderValue<object>(name, out _)) is { } header ? $"header {header}" : null,
    };

    private static JsonWebToken? Parse(string token)
    {
        if (token.Length > LongestToken || token.Count(c => c == '.') != 2)
        {
            return null;
        }

        try
        {
            return IsOneObject(Base64UrlEncoder.DecodeBytes(token[..token.IndexOf('.', StringComparison.Ordinal)]))
                ? new JsonWebToken(token)
                : null;
        }
        catch (Exception exception) when (exception is ArgumentException or SecurityTokenException or FormatException)
        {
            return null;
        }
    }

    // The library stops at the end of the header's object, and takes the last of two members of one name: another reader may not.
    private static bool IsOneObject(byte[] header)
    {
        try
        {
            using var document = JsonDocument.Parse(header, Strict);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            return false;
        }
    }
}
