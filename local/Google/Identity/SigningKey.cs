using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>One RSA key that signs JWTs with RS256.</summary>
internal sealed class SigningKey : IDisposable
{
    private const int Bits = 2048;
    private readonly Lock _lock = new();
    private readonly RSA _rsa = RSA.Create(Bits);

    private SigningKey(string id) => Id = id;

    public string Id { get; }

    public static SigningKey Create() => new(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)));

    public static SigningKey From(StoredKey stored)
    {
        var key = new SigningKey(stored.Id);
        key._rsa.ImportPkcs8PrivateKey(stored.Pkcs8, out _);
        return key;
    }

    public StoredKey ToStored() => new(Id, _rsa.ExportPkcs8PrivateKey());

    public PublishedKey ToPublished()
    {
        var parameters = _rsa.ExportParameters(includePrivateParameters: false);
        return new PublishedKey(
            "RSA", "RS256", "sig", Id, Base64Url.EncodeToString(parameters.Modulus), Base64Url.EncodeToString(parameters.Exponent));
    }

    /// <summary>Signs the claims as they are written: not a byte of the payload is touched.</summary>
    public string Sign(ReadOnlySpan<byte> claims)
    {
        var header = JsonSerializer.SerializeToUtf8Bytes(new { alg = "RS256", kid = Id, typ = "JWT" });
        var signed = $"{Base64Url.EncodeToString(header)}.{Base64Url.EncodeToString(claims)}";
        lock (_lock)
        {
            var signature = _rsa.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
            return $"{signed}.{Base64Url.EncodeToString(signature)}";
        }
    }

    public void Dispose() => _rsa.Dispose();
}
