using System.Text;
using EnergyLoad.GoogleCloud.Checksums;
using EnergyLoad.GoogleCloud.Kms;
using EnergyLoad.GoogleCloud.Rest;

namespace EnergyLoad.GoogleCloud;

/// <summary>Uses keys that stay in Cloud KMS; what travels is checked by CRC32C both ways.</summary>
public sealed class KmsKey
{
    private readonly RestClient _rest;
    private readonly GoogleCloudOptions _options;

    internal KmsKey(RestClient rest, GoogleCloudOptions options) => (_rest, _options) = (rest, options);

    /// <summary>Decrypts with a symmetric key, whichever of its versions encrypted.</summary>
    /// <param name="key">Full resource name of the key, without a version.</param>
    /// <param name="ciphertext">At most 64 KiB of plaintext are in it.</param>
    /// <param name="additionalData">What was authenticated beside it when it was encrypted; empty for nothing.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GoogleCloudException">Refused, not this key's ciphertext, damaged, or not answered within the deadline.</exception>
    public async Task<byte[]> DecryptAsync(
        string key, ReadOnlyMemory<byte> ciphertext, ReadOnlyMemory<byte> additionalData, CancellationToken ct)
    {
        var request = additionalData.IsEmpty
            ? new DecryptRequest(ciphertext, Crc32C.Of(ciphertext.Span), null, null)
            : new DecryptRequest(ciphertext, Crc32C.Of(ciphertext.Span), additionalData, Crc32C.Of(additionalData.Span));
        var call = RestCall.Post(
            Address(key, ":decrypt"), key, "cloudkms.cryptoKeyVersions.useToDecrypt", request, KmsJson.Default.DecryptRequest);
        var reply = await _rest.SendAsync(call, KmsJson.Default.DecryptReply, ct, Check);
        // An empty plaintext is left out of the JSON.
        return reply.Plaintext ?? [];

        void Check(DecryptReply answer) => Require(answer.PlaintextCrc32c, answer.Plaintext ?? [], key, "The plaintext");
    }

    /// <summary>Signs a SHA-256 digest.</summary>
    /// <param name="keyVersion">Full resource name of the version of an asymmetric key.</param>
    /// <param name="sha256">The 32 bytes of the digest.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GoogleCloudException">Refused, damaged, or not answered within the deadline.</exception>
    public async Task<byte[]> SignAsync(string keyVersion, ReadOnlyMemory<byte> sha256, CancellationToken ct)
    {
        var call = RestCall.Post(
            Address(keyVersion, ":asymmetricSign"), keyVersion, "cloudkms.cryptoKeyVersions.useToSign",
            new SignRequest(new SignDigest(sha256), Crc32C.Of(sha256.Span)), KmsJson.Default.SignRequest);
        var reply = await _rest.SendAsync(call, KmsJson.Default.SignReply, ct, Check);
        return reply.Signature ?? throw Silence.Unreadable(call, null);

        void Check(SignReply answer)
        {
            // A false is left out of protobuf's JSON.
            if (answer.VerifiedDigestCrc32c is not true || (answer.Name is { } used && used != keyVersion))
            {
                throw Silence.Damaged(keyVersion, "The digest that was signed");
            }

            Require(answer.SignatureCrc32c, answer.Signature ?? [], keyVersion, "The signature");
        }
    }

    /// <summary>Gives the public key of a version, for those who verify.</summary>
    /// <param name="keyVersion">Full resource name of the version of an asymmetric key.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GoogleCloudException">Refused, damaged, or not answered within the deadline.</exception>
    public async Task<KmsPublicKey> GetPublicKeyAsync(string keyVersion, CancellationToken ct)
    {
        var call = RestCall.Get(Address(keyVersion, "/publicKey"), keyVersion, "cloudkms.cryptoKeyVersions.viewPublicKey");
        return await _rest.SendAsync(call, KmsJson.Default.PublicKeyReply, ct, Check) is { Pem: { } pem, Algorithm: { } algorithm }
            ? new KmsPublicKey(algorithm, pem)
            : throw Silence.Unreadable(call, null);

        void Check(PublicKeyReply answer) =>
            Require(answer.PemCrc32c, Encoding.UTF8.GetBytes(answer.Pem ?? ""), keyVersion, "The public key");
    }

    private Uri Address(string name, string method) => new($"{_options.KmsUrl.Prefix()}/v1/{name}{method}");

    private static void Require(long? told, ReadOnlySpan<byte> bytes, string resource, string what)
    {
        if (told is { } checksum && checksum != Crc32C.Of(bytes))
        {
            throw Silence.Damaged(resource, what);
        }
    }
}
