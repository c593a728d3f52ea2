namespace EnergyLoad.Audit.Tests.Support;

/// <summary>Stands for the bucket.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("audit-").FullName;

    public async Task KeepAsync(AnchorObject anchor, CancellationToken cancellationToken)
    {
        var file = System.IO.Path.Combine(Path, anchor.Name);
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(file)!);
        await File.WriteAllBytesAsync(file, anchor.Content, cancellationToken);
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
