using EnergyLoad.Local.Google.Checksums;

namespace EnergyLoad.Local.Google.Keys;

/// <summary>The body of <c>decrypt</c>.</summary>
internal sealed record DecryptRequest(
    byte[]? Ciphertext, byte[]? AdditionalAuthenticatedData, long? CiphertextCrc32c, long? AdditionalAuthenticatedDataCrc32c)
{
    public string? Fault() => this switch
    {
        not { Ciphertext.Length: > 0 } => "ciphertext is required.",
        _ when !Crc32C.Fits(Ciphertext, CiphertextCrc32c) => "ciphertextCrc32c does not fit ciphertext.",
        _ when !Crc32C.Fits(AdditionalAuthenticatedData, AdditionalAuthenticatedDataCrc32c) =>
            "additionalAuthenticatedDataCrc32c does not fit additionalAuthenticatedData.",
        _ => null,
    };
}
