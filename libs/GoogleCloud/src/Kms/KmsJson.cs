using System.Text.Json.Serialization;

namespace EnergyLoad.GoogleCloud.Kms;

internal sealed record DecryptRequest(
    ReadOnlyMemory<byte> Ciphertext,
    long CiphertextCrc32c,
    ReadOnlyMemory<byte>? AdditionalAuthenticatedData,
    long? AdditionalAuthenticatedDataCrc32c);

internal sealed record DecryptReply(byte[]? Plaintext, long? PlaintextCrc32c);

internal sealed record SignRequest(SignDigest Digest, long DigestCrc32c);

internal sealed record SignDigest(ReadOnlyMemory<byte> Sha256);

internal sealed record SignReply(byte[]? Signature, long? SignatureCrc32c, bool? VerifiedDigestCrc32c, string? Name);

internal sealed record PublicKeyReply(string? Pem, string? Algorithm, long? PemCrc32c, string? Name);

/// <summary>Numbers of 64 bits are text in the JSON of protobuf.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString)]
[JsonSerializable(typeof(DecryptRequest))]
[JsonSerializable(typeof(DecryptReply))]
[JsonSerializable(typeof(SignRequest))]
[JsonSerializable(typeof(SignReply))]
[JsonSerializable(typeof(PublicKeyReply))]
internal sealed partial class KmsJson : JsonSerializerContext;
