using System.Security.Cryptography;
using EnergyLoad.Hosting;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Auth.Tokens;

/// <summary>A private key of the issuer, ready to sign.</summary>
internal sealed class SigningKey : IDisposable
{
    private const int SmallestKey = 2048;
    private readonly RSA _rsa = RSA.Create();

    /// <exception cref="UnavailableException">The file is not a usable key of that issuer; nothing of it is quoted.</exception>
    public SigningKey(SigningKeyFile file, string issuer)
    {
        if (!string.Equals(file.ClientEmail, issuer, StringComparison.Ordinal))
        {
            throw new UnavailableException($"The signing key {file.PrivateKeyId} is not one of {issuer}.");
        }

        try
        {
            _rsa.ImportFromPem(file.PrivateKey);
        }
        catch (Exception exception) when (exception is ArgumentException or CryptographicException)
        {
            throw new UnavailableException($"The signing key {file.PrivateKeyId} is not a private key in PEM.");
        }

        if (_rsa.KeySize < SmallestKey)
        {
            throw new UnavailableException($"The signing key {file.PrivateKeyId} has fewer than {SmallestKey} bits.");
        }

        // The library's own cache of signers is one for the whole process and outlives this key.
        var signers = new CryptoProviderFactory { CacheSignatureProviders = false };
        var key = new RsaSecurityKey(_rsa) { KeyId = file.PrivateKeyId, CryptoProviderFactory = signers };
        Credentials = new SigningCredentials(key, SecurityAlgorithms.RsaSha256);
    }

    public SigningCredentials Credentials { get; }

    public void Dispose() => _rsa.Dispose();
}
