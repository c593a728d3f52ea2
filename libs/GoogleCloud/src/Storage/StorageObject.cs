namespace EnergyLoad.GoogleCloud;

/// <summary>What Cloud Storage knows of an object.</summary>
/// <param name="Name">Name within the bucket.</param>
/// <param name="Generation">Number of this content of it: every overwrite makes a new one.</param>
/// <param name="Size">In bytes, as stored.</param>
public sealed record StorageObject(string Name, long Generation, long Size)
{
    /// <summary>CRC32C of the content, base64 of its big-endian bytes; null when not told.</summary>
    public string? Crc32c { get; init; }

    /// <summary>Media type; null when none was given.</summary>
    public string? ContentType { get; init; }

    /// <summary>When it was last changed; null when not told.</summary>
    public DateTimeOffset? Updated { get; init; }
}
