using System.Security.Cryptography;
using System.Text.Json.Serialization;
using EnergyLoad.Hosting;

namespace EnergyLoad.Auth.Tokens;

/// <summary>A service-account key in the form in which Google hands it out, and optionally from when it is to be used.</summary>
internal sealed class SigningKeyFile : ICredential
{
    public required string ClientEmail { get; init; }

    public required string PrivateKeyId { get; init; }

    public required string PrivateKey { get; init; }

    public DateTimeOffset? UseFrom { get; init; }

    public string? Fault
    {
        get
        {
            using var key = RSA.Create();
            try
            {
                key.ImportFromPem(PrivateKey);
                return null;
            }
            catch (Exception exception) when (exception is ArgumentException or CryptographicException)
            {
                return "its private_key is not a private key in PEM";
            }
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower)]
[JsonSerializable(typeof(SigningKeyFile))]
internal sealed partial class SigningKeyJson : JsonSerializerContext;
