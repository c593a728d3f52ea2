using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Contract.Tests.Endpoints;
using EnergyLoad.GoogleCloud;
using Google.Apis.Auth;

namespace EnergyLoad.Contract.Tests.Keys;

/// <summary>Secret Manager, KMS and signJwt have no emulator of anybody's: the clients and the stand-in are held to each other.</summary>
public sealed class KeysOnTheStandIn(StandIn cloud) : IClassFixture<StandIn>
{
    private const string Version = $"{StandIn.Key}/cryptoKeyVersions/1";

    [Fact]
    public async Task A_ciphertext_of_the_key_is_decrypted_and_another_is_refused()
    {
        var plain = new { plaintext = "c2VjcmV0", additionalAuthenticatedData = "eA==" };
        var encrypted = await cloud.SendAsync(HttpMethod.Post, $"/v1/{StandIn.Key}:encrypt", plain);
        var ciphertext = encrypted.GetProperty("ciphertext").GetBytesFromBase64();

        Assert.Equal("secret"u8.ToArray(), await DecryptAsync(ciphertext, "x"));
        Assert.False((await Assert.ThrowsAsync<GoogleCloudException>(() => DecryptAsync(ciphertext, "y"))).IsTransient);
    }

    [Fact]
    public async Task A_signature_is_verified_with_the_public_key()
    {
        var digest = SHA256.HashData("anchor"u8);

        var signature = await cloud.Client<KmsKey>().SignAsync(Version, digest, CancellationToken.None);

        var key = await cloud.Client<KmsKey>().GetPublicKeyAsync(Version, CancellationToken.None);
        using var rsa = RSA.Create();
        rsa.ImportFromPem(key.Pem);
        Assert.StartsWith("RSA_SIGN_PKCS1_", key.Algorithm, StringComparison.Ordinal);
        Assert.True(rsa.VerifyHash(digest, signature, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public async Task Claims_are_signed_with_a_published_key_of_the_account()
    {
        var expires = DateTimeOffset.UtcNow.AddMinutes(5).ToUnixTimeSeconds();
        var claims = $$"""{"iss":"{{StandIn.Signer}}","aud":"https://gateway","iat":{{expires - 300}},"exp":{{expires}}}""";

        var jwt = await cloud.Client<IamSigner>().SignJwtAsync(StandIn.Signer, claims, CancellationToken.None);

        var keys = await cloud.Http.GetStringAsync($"/service_accounts/v1/jwk/{StandIn.Signer}");
        Assert.Contains($"\"{jwt.KeyId}\"", keys, StringComparison.Ordinal);
        Assert.NotNull(await JsonWebSignature.VerifySignedTokenAsync(jwt.Token, new SignedTokenVerificationOptions
        {
            CertificatesUrl = new Uri(cloud.Http.BaseAddress!, $"/service_accounts/v1/jwk/{StandIn.Signer}").AbsoluteUri,
            TrustedIssuers = { StandIn.Signer },
            TrustedAudiences = { "https://gateway" },
        }));
    }

    [Fact]
    public async Task Versions_of_a_secret_come_and_go()
    {
        const string Secret = $"projects/{CloudEndpoint.ProjectId}/secrets/database";
        var secrets = cloud.Client<SecretManager>();
        Assert.Equal(["1"], await secrets.ListEnabledVersionsAsync("database", CancellationToken.None));

        await cloud.SendAsync(HttpMethod.Post, $"/v1/{Secret}:addVersion", new { payload = new { data = "dHdv" } });
        Assert.Equal(["2", "1"], await secrets.ListEnabledVersionsAsync("database", CancellationToken.None));
        Assert.Equal("two"u8.ToArray(), (await secrets.AccessAsync("database", "latest", CancellationToken.None)).Data.ToArray());

        await cloud.SendAsync(HttpMethod.Post, $"/v1/{Secret}/versions/1:disable", new { });
        Assert.Equal(["2"], await secrets.ListEnabledVersionsAsync("database", CancellationToken.None));
        var refused = await Assert.ThrowsAsync<GoogleCloudException>(() => secrets.AccessAsync("database", "1", CancellationToken.None));
        Assert.Equal("FAILED_PRECONDITION", refused.Code);
    }

    private Task<byte[]> DecryptAsync(byte[] ciphertext, string additionalData) =>
        cloud.Client<KmsKey>().DecryptAsync(StandIn.Key, ciphertext, Encoding.UTF8.GetBytes(additionalData), CancellationToken.None);
}
