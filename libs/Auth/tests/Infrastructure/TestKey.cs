using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>A real RSA key, and JWTs made of it by hand so that a test can get any part of one wrong.</summary>
internal sealed class TestKey(string kid, RSA rsa)
{
    public TestKey(string kid, int bits = 2048)
        : this(kid, RSA.Create(bits))
    {
    }

    public string Kid => kid;

    public RSA Rsa => rsa;

    public object Public
    {
        get
        {
            var parameters = Rsa.ExportParameters(false);
            return new
            {
                kty = "RSA",
                alg = "RS256",
                use = "sig",
                kid,
                n = Base64Url.EncodeToString(parameters.Modulus),
                e = Base64Url.EncodeToString(parameters.Exponent),
            };
        }
    }

    /// <summary>The same key under another name.</summary>
    public TestKey As(string other) => new(other, rsa);

    public string Sign(string payload) => Sign(
        payload, new Dictionary<string, object> { ["alg"] = "RS256", ["kid"] = kid, ["typ"] = "JWT" });

    public string Sign(string payload, Dictionary<string, object> header)
    {
        var unsigned = Unsigned(payload, header);
        return $"{unsigned}.{Base64Url.EncodeToString(Rsa.SignData(Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1))}";
    }

    public static string Unsigned(string payload, Dictionary<string, object> header) =>
        $"{Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(header))}.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(payload))}";
}
