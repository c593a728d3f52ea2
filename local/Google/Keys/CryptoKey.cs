using System.Security.Cryptography;

namespace EnergyLoad.Local.Google.Keys;

/// <summary>One key of KMS, with its only version, 1.</summary>
internal sealed class CryptoKey : IDisposable
{
    public const string Algorithm = "RSA_SIGN_PKCS1_2048_SHA256";
    private const int RsaBits = 2048;
    private const int SymmetricBytes = 32;
    private readonly Lock _lock = new();
    private readonly RSA _rsa = RSA.Create(RsaBits);
    private readonly byte[] _symmetric;

    public CryptoKey(string name) => (Name, _symmetric) = (name, RandomNumberGenerator.GetBytes(SymmetricBytes));

    public CryptoKey(StoredCryptoKey stored)
    {
        (Name, _symmetric) = (stored.Name, stored.Symmetric);
        _rsa.ImportPkcs8PrivateKey(stored.Pkcs8, out _);
    }

    public string Name { get; }

    public string Version => $"{Name}/cryptoKeyVersions/1";

    public string PublicPem => _rsa.ExportSubjectPublicKeyInfoPem() + "\n";

    public StoredCryptoKey ToStored() => new(Name, _symmetric, _rsa.ExportPkcs8PrivateKey());

    public byte[] Sign(byte[] sha256)
    {
        lock (_lock)
        {
            return _rsa.SignHash(sha256, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
    }

    /// <summary>Nonce, tag, then what is encrypted.</summary>
    public byte[] Encrypt(ReadOnlySpan<byte> plaintext, ReadOnlySpan<byte> additionalData)
    {
        var sealedBytes = new byte[Nonce + Tag + plaintext.Length];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, Nonce));
        using var cipher = new AesGcm(_symmetric, Tag);
        cipher.Encrypt(
            sealedBytes.AsSpan(0, Nonce), plaintext, sealedBytes.AsSpan(Nonce + Tag), sealedBytes.AsSpan(Nonce, Tag), additionalData);
        return sealedBytes;
    }

    /// <summary>Returns null for what this key did not encrypt, or not with these additional data.</summary>
    public byte[]? Decrypt(ReadOnlySpan<byte> sealedBytes, ReadOnlySpan<byte> additionalData)
    {
        if (sealedBytes.Length < Nonce + Tag)
        {
            return null;
        }

        var plaintext = new byte[sealedBytes.Length - Nonce - Tag];
        using var cipher = new AesGcm(_symmetric, Tag);
        try
        {
            cipher.Decrypt(sealedBytes[..Nonce], sealedBytes[(Nonce + Tag)..], sealedBytes.Slice(Nonce, Tag), plaintext, additionalData);
            return plaintext;
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }
    }

    public void Dispose() => _rsa.Dispose();

    private static int Nonce => AesGcm.NonceByteSizes.MaxSize;

    private static int Tag => AesGcm.TagByteSizes.MaxSize;
}
