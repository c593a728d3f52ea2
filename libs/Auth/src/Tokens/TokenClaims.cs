using System.Text.Json.Serialization;

namespace EnergyLoad.Auth.Tokens;

/// <summary>The claims of a user's token, named as the original's callers know them.</summary>
internal sealed record TokenClaims(
    long Iat, long Exp, string Iss, string Aud, string Sub, string Email, string UserId, string[] AllowedFor, string Jti, long Ver);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(TokenClaims))]
internal sealed partial class TokenJson : JsonSerializerContext;
