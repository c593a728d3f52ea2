using System.Security.Cryptography;

namespace EnergyLoad.Local.Gateway.Tokens;

/// <summary>An RSA public key of a JWK set; service accounts have no others.</summary>
/// <param name="KeyId">Empty when the set names none: then it fits every token.</param>
/// <param name="Algorithm">Empty when the set names none: then it fits every algorithm.</param>
internal sealed record SigningKey(string KeyId, string Algorithm, RSAParameters Parameters)
{
    public bool Fits(JwtHeader header) =>
        (KeyId.Length == 0 || header.KeyId.Length == 0 || KeyId == header.KeyId)
        && (Algorithm.Length == 0 || Algorithm == header.Algorithm);

    public bool Verifies(Jwt jwt)
    {
        var padding = jwt.Header.Algorithm[..2] switch
        {
            "RS" => RSASignaturePadding.Pkcs1,
            "PS" => RSASignaturePadding.Pss,
            _ => null,
        };
        using var rsa = RSA.Create(Parameters);
        return padding is not null && rsa.VerifyData(jwt.Signed, jwt.Signature, HashOf(jwt.Header.Algorithm), padding);
    }

    private static HashAlgorithmName HashOf(string algorithm) => algorithm[2..] switch
    {
        "384" => HashAlgorithmName.SHA384,
        "512" => HashAlgorithmName.SHA512,
        _ => HashAlgorithmName.SHA256,
    };
}
