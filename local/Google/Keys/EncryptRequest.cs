using EnergyLoad.Local.Google.Checksums;

namespace EnergyLoad.Local.Google.Keys;

/// <summary>The body of <c>encrypt</c>.</summary>
internal sealed record EncryptRequest(
    byte[]? Plaintext, byte[]? AdditionalAuthenticatedData, long? PlaintextCrc32c, long? AdditionalAuthenticatedDataCrc32c)
{
    private const int LargestPlaintext = 64 * 1024;

    public string? Fault() => this switch
    {
        { Plaintext.Length: > LargestPlaintext } => "plaintext is larger than 64 KiB.",
        _ when !Crc32C.Fits(Plaintext, PlaintextCrc32c) => "plaintextCrc32c does not fit plaintext.",
        _ when !Crc32C.Fits(AdditionalAuthenticatedData, AdditionalAuthenticatedDataCrc32c) =>
            "additionalAuthenticatedDataCrc32c does not fit additionalAuthenticatedData.",
        _ => null,
    };
}
