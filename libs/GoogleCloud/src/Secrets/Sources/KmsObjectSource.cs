namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>A JSON document in Cloud Storage, encrypted with a key of Cloud KMS: the whole, or one member of it.</summary>
internal sealed class KmsObjectSource(StorageBucket storage, KmsKey kms, string key, StorageLocation location, string? member)
    : ISecretSource
{
    public bool KeepsVersions => false;

    public async Task<IReadOnlyList<SecretText>> ReadAsync(CancellationToken ct)
    {
        using var content = await storage.GetAsync(location, generation: null, ct)
            ?? throw new SecretException($"there is no object {location}");
        using var ciphertext = new MemoryStream();
        await content.Stream.CopyToAsync(ciphertext, ct);
        var json = await kms.DecryptAsync(key, ciphertext.ToArray(), ReadOnlyMemory<byte>.Empty, ct);
        return [new SecretText($"generation {content.Generation}", member is null ? json : SecretJson.Member(json, member))];
    }
}
