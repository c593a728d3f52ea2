using System.Runtime.CompilerServices;

namespace EnergyLoad.Audit.Commands;

/// <summary>Anchors that were copied from where they are kept.</summary>
internal sealed class AnchorFolder(string folder)
{
    public async IAsyncEnumerable<AnchorObject> ReadAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new FormatException($"There is no folder '{folder}'.");
        }

        foreach (var file in Directory.EnumerateFiles(folder, "*.json", SearchOption.AllDirectories))
        {
            yield return new AnchorObject(Path.GetRelativePath(folder, file), await File.ReadAllBytesAsync(file, cancellationToken));
        }
    }
}
