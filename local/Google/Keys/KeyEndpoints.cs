using System.Globalization;
using System.Text;
using EnergyLoad.Local.Google.Answers;
using EnergyLoad.Local.Google.Checksums;

namespace EnergyLoad.Local.Google.Keys;

/// <summary>Cloud KMS v1.</summary>
internal static class KeyEndpoints
{
    private const string Protection = "SOFTWARE";

    public static IServiceCollection AddKeys(this IServiceCollection services) => services.AddSingleton<CryptoKeys>();

    public static void MapKeys(this WebApplication app)
    {
        const string key = "/v1/projects/{project}/locations/{location}/keyRings/{ring}/cryptoKeys/{key}";
        app.MapPost(key + ":encrypt", Encrypt);
        app.MapPost(key + ":decrypt", Decrypt);
        app.MapPost(key + "/cryptoKeyVersions/1:asymmetricSign", Sign);
        app.MapGet(key + "/cryptoKeyVersions/1/publicKey", PublicKey);
    }

    private static IResult Encrypt(HttpContext context, EncryptRequest request, CryptoKeys keys) =>
        With(context, keys, request.Fault(), key =>
    {
        var ciphertext = key.Encrypt(request.Plaintext, request.AdditionalAuthenticatedData);
        return Results.Json(new
        {
            name = key.Version,
            ciphertext,
            ciphertextCrc32c = Checksum(ciphertext),
            verifiedPlaintextCrc32c = request.PlaintextCrc32c is not null,
            verifiedAdditionalAuthenticatedDataCrc32c = request.AdditionalAuthenticatedDataCrc32c is not null,
            protectionLevel = Protection,
        });
    });

    private static IResult Decrypt(HttpContext context, DecryptRequest request, CryptoKeys keys) =>
        With(context, keys, request.Fault(), key =>
        key.Decrypt(request.Ciphertext, request.AdditionalAuthenticatedData) is { } plaintext
            ? Results.Json(new { plaintext, plaintextCrc32c = Checksum(plaintext), usedPrimary = true, protectionLevel = Protection })
            : GoogleError.Invalid("Decryption failed: not this key's ciphertext, or other additional data than it was encrypted with."));

    private static IResult Sign(HttpContext context, SignRequest request, CryptoKeys keys) => With(context, keys, request.Fault(), key =>
    {
        var signature = key.Sign(request.Digest!.Sha256!);
        return Results.Json(new
        {
            signature,
            signatureCrc32c = Checksum(signature),
            verifiedDigestCrc32c = request.DigestCrc32c is not null,
            name = key.Version,
            protectionLevel = Protection,
        });
    });

    private static IResult PublicKey(HttpContext context, CryptoKeys keys) => With(context, keys, null, key => Results.Json(new
    {
        pem = key.PublicPem,
        algorithm = CryptoKey.Algorithm,
        pemCrc32c = Checksum(Encoding.UTF8.GetBytes(key.PublicPem)),
        name = key.Version,
        protectionLevel = Protection,
    }));

    private static IResult With(HttpContext context, CryptoKeys keys, string? fault, Func<CryptoKey, IResult> use)
    {
        var route = context.Request.RouteValues;
        var name = $"projects/{route["project"]}/locations/{route["location"]}/keyRings/{route["ring"]}/cryptoKeys/{route["key"]}";
        return keys.Find(name) is not { } key ? GoogleError.NotFound($"CryptoKey {name}")
            : fault is not null ? GoogleError.Invalid(fault)
            : use(key);
    }

    // 64-bit numbers are text in the JSON of protobuf.
    private static string Checksum(byte[] bytes) => Crc32C.Of(bytes).ToString(CultureInfo.InvariantCulture);
}
