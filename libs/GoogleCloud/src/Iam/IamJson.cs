using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.Iam;

internal sealed record SignJwtRequest(string Payload);

internal sealed record SignJwtReply(string? KeyId, string? SignedJwt);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(SignJwtRequest))]
[JsonSerializable(typeof(SignJwtReply))]
internal sealed partial class IamJson : JsonSerializerContext;
