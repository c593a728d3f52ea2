namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>Why a token is not taken, in Envoy's words (jwt_verify_lib).</summary>
internal sealed record TokenRefusal(string Message, int Status = StatusCodes.Status401Unauthorized)
{
    public static readonly TokenRefusal Missing = new("Jwt is missing");
    public static readonly TokenRefusal BadForm = new("Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections");
    public static readonly TokenRefusal HeaderNotBase64 = new("Jwt header is an invalid Base64url encoded");
    public static readonly TokenRefusal HeaderNotJson = new("Jwt header is an invalid JSON");
    public static readonly TokenRefusal AlgorithmNotText = new("Jwt header [alg] field is required and must be a string");
    public static readonly TokenRefusal AlgorithmUnknown = new("Jwt header [alg] is not supported");
    public static readonly TokenRefusal KeyIdNotText = new("Jwt header [kid] field is not a string");
    public static readonly TokenRefusal PayloadNotBase64 = new("Jwt payload is an invalid Base64url encoded");
    public static readonly TokenRefusal PayloadNotJson = new("Jwt payload is an invalid JSON");
    public static readonly TokenRefusal AudienceNotText = new("Jwt payload [aud] field is not a string or string list");
    public static readonly TokenRefusal SignatureNotBase64 = new("Jwt signature is an invalid Base64url encoded");
    public static readonly TokenRefusal UnknownIssuer = new("Jwt issuer is not configured");
    public static readonly TokenRefusal NotYetValid = new("Jwt not yet valid");
    public static readonly TokenRefusal Expired = new("Jwt is expired");
    public static readonly TokenRefusal WrongAudience = new("Audiences in Jwt are not allowed", StatusCodes.Status403Forbidden);
    public static readonly TokenRefusal KeysUnavailable = new("Jwks remote fetch is failed");
    public static readonly TokenRefusal NoMatchingKey = new("Jwks doesn't have key to match kid or alg from Jwt");
    public static readonly TokenRefusal BadSignature = new("Jwt verification fails");

    public static TokenRefusal NotText(string claim) => new($"Jwt payload [{claim}] field is not a string");

    public static TokenRefusal NotInteger(string claim) => new($"Jwt payload [{claim}] field is not an integer");
}
