using System.Globalization;

namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>A file, such as a secret that Cloud Run mounts: each read asks Secret Manager, so <c>latest</c> follows rotations.</summary>
internal sealed class FileSource(string path) : ISecretSource
{
    public bool KeepsVersions => false;

    public async Task<IReadOnlyList<SecretText>> ReadAsync(CancellationToken ct)
    {
        var json = await File.ReadAllBytesAsync(path, ct);
        var written = File.GetLastWriteTimeUtc(path).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture);
        return [new SecretText($"file of {written}", json)];
    }
}
