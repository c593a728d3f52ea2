using System.Text.Json.Serialization;

namespace EnergyLoad.Auth.Tokens;

/// <summary>A service-account key in the form in which Google hands it out, and optionally from when it is to be used.</summary>
internal sealed class SigningKeyFile
{
    public required string ClientEmail { get; init; }

    public required string PrivateKeyId { get; init; }

    public required string PrivateKey { get; init; }

    public DateTimeOffset? UseFrom { get; init; }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SigningKeyFile))]
internal sealed partial class SigningKeyJson : JsonSerializerContext;
