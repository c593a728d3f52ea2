using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;

namespace EnergyLoad.Local.Tests.Google;

public sealed class KeyTests(GoogleWorld world) : IClassFixture<GoogleWorld>
{
    private const string Key = $"/v1/{GoogleWorld.Key}";

    [Fact]
    public async Task What_was_encrypted_is_decrypted_after_a_restart()
    {
        var encrypted = await world.PostAsync(
            $"{Key}:encrypt", new { plaintext = "123456789"u8.ToArray(), plaintextCrc32c = "3808858755" });
        await world.RestartAsync();

        var decrypted = await world.PostAsync($"{Key}:decrypt", new { ciphertext = encrypted.GetProperty("ciphertext").GetString() });

        Assert.True(encrypted.GetProperty("verifiedPlaintextCrc32c").GetBoolean());
        Assert.Equal("123456789", Encoding.UTF8.GetString(decrypted.GetProperty("plaintext").GetBytesFromBase64()));
        Assert.Equal("3808858755", decrypted.GetProperty("plaintextCrc32c").GetString());
    }

    [Fact]
    public async Task Other_additional_data_or_a_damaged_ciphertext_are_refused()
    {
        var aad = "config"u8.ToArray();
        var encrypted = await world.PostAsync($"{Key}:encrypt", new { plaintext = "YQ==", additionalAuthenticatedData = aad });
        var ciphertext = encrypted.GetProperty("ciphertext").GetBytesFromBase64();
        var right = await world.Http.PostAsJsonAsync($"{Key}:decrypt", new { ciphertext, additionalAuthenticatedData = aad });
        var none = await world.Http.PostAsJsonAsync($"{Key}:decrypt", new { ciphertext });
        var wrongChecksum = await world.Http.PostAsJsonAsync(
            $"{Key}:decrypt", new { ciphertext, ciphertextCrc32c = "7", additionalAuthenticatedData = aad });
        ciphertext[^1] ^= 1;
        var damaged = await world.Http.PostAsJsonAsync($"{Key}:decrypt", new { ciphertext, additionalAuthenticatedData = aad });
        var tooShort = await world.Http.PostAsJsonAsync($"{Key}:decrypt", new { ciphertext = "YQ==" });

        Assert.Equal(HttpStatusCode.OK, right.StatusCode);
        Assert.All([none, wrongChecksum, damaged, tooShort], answer => Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode));
    }

    [Fact]
    public async Task A_signature_verifies_with_the_public_key()
    {
        var digest = SHA256.HashData("signed"u8);
        var signed = await world.PostAsync($"{Key}/cryptoKeyVersions/1:asymmetricSign", new { digest = new { sha256 = digest } });
        var published = await world.GetAsync($"{Key}/cryptoKeyVersions/1/publicKey");

        using var rsa = RSA.Create();
        rsa.ImportFromPem(published.GetProperty("pem").GetString());
        Assert.True(rsa.VerifyHash(digest, signed.GetProperty("signature").GetBytesFromBase64(), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
        Assert.Equal("RSA_SIGN_PKCS1_2048_SHA256", published.GetProperty("algorithm").GetString());
        Assert.Equal($"{GoogleWorld.Key}/cryptoKeyVersions/1", signed.GetProperty("name").GetString());
    }

    [Fact]
    public async Task Unknown_keys_and_digests_of_another_length_are_refused()
    {
        var unknown = await world.Http.PostAsJsonAsync($"{Key}2:decrypt", new { ciphertext = "YQ==" });
        var wrongDigest = await world.Http.PostAsJsonAsync(
            $"{Key}/cryptoKeyVersions/1:asymmetricSign", new { digest = new { sha256 = "YQ==" } });

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, wrongDigest.StatusCode);
    }
}
