using System.Security.Cryptography;
using System.Text.Json;

namespace EnergyLoad.Testing.Stack;

/// <summary>
/// A stack whose services sign with a key out of a file, as Cloud Run mounts a secret. The keys are the signing account's own: what is
/// published of them is what the stand-in publishes, and their private halves are taken from its folder, as a key's file is from Google.
/// </summary>
public class KeySigningStack : RunningStack
{
    /// <summary>The account that signs the users' tokens.</summary>
    public const string Account = "edm-tokens@energyload-local.iam.gserviceaccount.com";

    private const string Ring = $"google/signing-keys/{Account}.json";

    protected override IReadOnlyDictionary<string, string> Settings => new Dictionary<string, string>
    {
        ["Auth__Signer"] = "Key",
        ["Secrets__Sources__token-signing-key"] = $"file:{SecretFile}",
        ["Secrets__ReloadEvery"] = "00:00:01",
    };

    private string SecretFile => Path.Combine(State, "signing-key.json");

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        var first = new StoredKey(Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(20)), NewKey());
        var ring = Path.Combine(State, Ring);
        Directory.CreateDirectory(Path.GetDirectoryName(ring)!);
        await File.WriteAllTextAsync(ring, JsonSerializer.Serialize(new StoredRing(first.Id, [first])));
        await WriteAsync(KeyFile(first, useFrom: null));
        await base.InitializeAsync();
    }

    /// <summary>The kids of the account, the oldest first.</summary>
    public IReadOnlyList<string> Kids() => [.. ReadRing().Keys.Select(key => key.Id)];

    /// <summary>Puts the newest key into the secret, the one before beside it.</summary>
    /// <param name="useFrom">When the newest is to be used.</param>
    public Task AddNewestAsync(DateTimeOffset useFrom) =>
        WriteAsync(new { current = KeyFile(ReadRing().Keys[^1], useFrom), previous = KeyFile(ReadRing().Keys[^2], useFrom: null) });

    /// <summary>Takes all but the newest key out of the secret.</summary>
    public Task KeepNewestAsync() => WriteAsync(KeyFile(ReadRing().Keys[^1], useFrom: null));

    private StoredRing ReadRing() => JsonSerializer.Deserialize<StoredRing>(File.ReadAllBytes(Path.Combine(State, Ring)))!;

    private async Task WriteAsync(object secret)
    {
        // Replaced whole, as a mounted secret is.
        var next = $"{SecretFile}.next";
        await File.WriteAllTextAsync(next, JsonSerializer.Serialize(secret));
        File.Move(next, SecretFile, overwrite: true);
    }

    private static Dictionary<string, object?> KeyFile(StoredKey key, DateTimeOffset? useFrom)
    {
        using var rsa = RSA.Create();
        rsa.ImportPkcs8PrivateKey(key.Pkcs8, out _);
        return new()
        {
            ["client_email"] = Account, ["private_key_id"] = key.Id, ["private_key"] = rsa.ExportPkcs8PrivateKeyPem(), ["use_from"] = useFrom,
        };
    }

    private static byte[] NewKey()
    {
        using var rsa = RSA.Create(2048);
        return rsa.ExportPkcs8PrivateKey();
    }

    private sealed record StoredRing(string Current, IReadOnlyList<StoredKey> Keys);

    private sealed record StoredKey(string Id, byte[] Pkcs8);
}
