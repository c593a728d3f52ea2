using System.Globalization;
using System.Text;
using EnergyLoad.GoogleCloud.Checksums;
using EnergyLoad.GoogleCloud.Tests.Fakes;

namespace EnergyLoad.GoogleCloud.Tests.Kms;

public sealed class KmsKeyTests : CloudTest
{
    private const string Key = "projects/p/locations/l/keyRings/r/cryptoKeys/config";
    private const string Version = Key + "/cryptoKeyVersions/1";
    private static readonly byte[] Plain = "plain"u8.ToArray();

    [Fact]
    public async Task A_ciphertext_is_decrypted_with_its_checksum_on_the_way()
    {
        Server.ThenJson(200, $$"""{"plaintext":"{{Base64(Plain)}}","plaintextCrc32c":"{{Sum(Plain)}}"}""");

        var plain = await Get<KmsKey>().DecryptAsync(Key, "cipher"u8.ToArray(), "context"u8.ToArray(), CancellationToken.None);

        Assert.Equal(Plain, plain);
        Assert.Equal($"/v1/{Key}:decrypt", Server.Seen[0].Target);
        var sent = Server.Seen[0].Json;
        Assert.Equal("cipher"u8.ToArray(), sent.GetProperty("ciphertext").GetBytesFromBase64());
        Assert.Equal(Sum("cipher"u8.ToArray()), sent.GetProperty("ciphertextCrc32c").GetString());
        Assert.Equal("context"u8.ToArray(), sent.GetProperty("additionalAuthenticatedData").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_damaged_answer_is_asked_for_again()
    {
        Server.ThenJson(200, $$"""{"plaintext":"{{Base64("pla1n"u8.ToArray())}}","plaintextCrc32c":"{{Sum(Plain)}}"}""")
            .ThenJson(200, $$"""{"plaintext":"{{Base64(Plain)}}","plaintextCrc32c":"{{Sum(Plain)}}"}""");

        Assert.Equal(Plain, await Get<KmsKey>().DecryptAsync(Key, "cipher"u8.ToArray(), default, CancellationToken.None));
        Assert.Equal(2, Server.Seen.Count);
        Assert.False(Server.Seen[0].Json.TryGetProperty("additionalAuthenticatedData", out _));
    }

    [Fact]
    public async Task An_empty_plaintext_is_left_out_of_the_answer()
    {
        Server.ThenJson(200, """{"plaintextCrc32c":"0"}""");

        Assert.Empty(await Get<KmsKey>().DecryptAsync(Key, "cipher"u8.ToArray(), default, CancellationToken.None));
    }

    [Fact]
    public async Task A_digest_is_signed()
    {
        Server.ThenJson(200, $$"""{"signature":"{{Base64(Plain)}}","signatureCrc32c":"{{Sum(Plain)}}","verifiedDigestCrc32c":true,"name":"{{Version}}"}""");

        var signature = await Get<KmsKey>().SignAsync(Version, new byte[32], CancellationToken.None);

        Assert.Equal(Plain, signature);
        Assert.Equal($"/v1/{Version}:asymmetricSign", Server.Seen[0].Target);
        Assert.Equal(new byte[32], Server.Seen[0].Json.GetProperty("digest").GetProperty("sha256").GetBytesFromBase64());
    }

    [Fact]
    public async Task A_signature_of_another_digest_or_by_another_key_is_not_taken()
    {
        Server.ThenJson(200, $$"""{"signature":"{{Base64(Plain)}}","signatureCrc32c":"{{Sum(Plain)}}","name":"{{Version}}"}""")
            .ThenJson(200, $$"""{"signature":"{{Base64(Plain)}}","signatureCrc32c":"{{Sum(Plain)}}","verifiedDigestCrc32c":true,"name":"{{Key}}/cryptoKeyVersions/2"}""")
            .ThenJson(200, $$"""{"signature":"{{Base64(Plain)}}","signatureCrc32c":"{{Sum("other"u8.ToArray())}}","verifiedDigestCrc32c":true,"name":"{{Version}}"}""")
            .ThenJson(403, "{}");

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(
            () => Get<KmsKey>().SignAsync(Version, new byte[32], CancellationToken.None));

        Assert.Equal("cloudkms.cryptoKeyVersions.useToSign", refused.Permission);
        Assert.Equal(4, Server.Seen.Count);
    }

    [Fact]
    public async Task The_public_key_comes_with_its_algorithm()
    {
        const string Pem = "-----BEGIN PUBLIC KEY-----";
        Server.ThenJson(200, $$"""{"pem":"{{Pem}}","algorithm":"RSA_SIGN_PKCS1_3072_SHA256","pemCrc32c":"{{Sum(Encoding.UTF8.GetBytes(Pem))}}"}""");

        Assert.Equal(
            new KmsPublicKey("RSA_SIGN_PKCS1_3072_SHA256", Pem), await Get<KmsKey>().GetPublicKeyAsync(Version, CancellationToken.None));
        Assert.Equal($"/v1/{Version}/publicKey", Server.Seen[0].Target);
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes);

    private static string Sum(byte[] bytes) => Crc32C.Of(bytes).ToString(CultureInfo.InvariantCulture);
}
