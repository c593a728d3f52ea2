using System.Security.Cryptography;
using EnergyLoad.Local.Google.Checksums;

namespace EnergyLoad.Local.Google.Keys;

/// <summary>The body of <c>asymmetricSign</c>.</summary>
internal sealed record SignRequest(SignRequest.DigestPart? Digest, long? DigestCrc32c)
{
    internal sealed record DigestPart(byte[]? Sha256);

    public string? Fault() => this switch
    {
        not { Digest.Sha256.Length: SHA256.HashSizeInBytes } => "digest.sha256 must have 32 bytes.",
        _ when !Crc32C.Fits(Digest.Sha256, DigestCrc32c) => "digestCrc32c does not fit digest.",
        _ => null,
    };
}
