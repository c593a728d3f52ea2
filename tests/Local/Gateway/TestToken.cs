using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using static System.Buffers.Text.Base64Url;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>A token of the tests' own making, good or spoilt.</summary>
internal sealed record TestToken
{
    public const string GoodIssuer = "edm-tokens@energyload-local.iam.gserviceaccount.com";
    public const string GoodAudience = "https://send-gateway.example";

    public required RSA Key { get; init; }

    public string? KeyId { get; init; } = "key-1";

    public string Algorithm { get; init; } = "RS256";

    public string Issuer { get; init; } = GoodIssuer;

    /// <summary>A string, a list of strings, or something that is wrong.</summary>
    public object Audience { get; init; } = GoodAudience;

    /// <summary>Null leaves the claim out.</summary>
    public TimeSpan? ExpiresIn { get; init; } = TimeSpan.FromMinutes(10);

    public TimeSpan? ValidIn { get; init; }

    /// <summary>Signs instead of the key.</summary>
    public Func<byte[], byte[]>? Signer { get; init; }

    public string Encode()
    {
        var signed = $"{Part(Header())}.{Part(Claims())}";
        var bytes = Encoding.ASCII.GetBytes(signed);
        var signature = Signer?.Invoke(bytes) ?? Key.SignData(bytes, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        return $"{signed}.{EncodeToString(signature)}";
    }

    public static string Part(JsonNode node) => EncodeToString(Encoding.UTF8.GetBytes(node.ToJsonString()));

    private JsonObject Header()
    {
        var header = new JsonObject { ["alg"] = Algorithm, ["typ"] = "JWT" };
        if (KeyId is not null)
        {
            header["kid"] = KeyId;
        }

        return header;
    }

    private JsonObject Claims()
    {
        var claims =
            new JsonObject { ["iss"] = Issuer, ["sub"] = Issuer, ["aud"] = JsonSerializer.SerializeToNode(Audience), ["user_id"] = "u-1" };
        Add(claims, "exp", ExpiresIn);
        Add(claims, "nbf", ValidIn);
        return claims;
    }

    private static void Add(JsonObject claims, string name, TimeSpan? from)
    {
        if (from is { } offset)
        {
            claims[name] = DateTimeOffset.UtcNow.Add(offset).ToUnixTimeSeconds();
        }
    }
}
