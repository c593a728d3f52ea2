using System.Globalization;

namespace EnergyLoad.Local.Google.Storage;

/// <summary>What is known of an object; its content is a file of its own.</summary>
internal sealed record StoredObject(
    string Bucket, string Name, long Generation, string ContentType, long Size, string Crc32c, DateTimeOffset Created)
{
    public string? ContentEncoding { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }

    public string ETag => Convert.ToBase64String(BitConverter.GetBytes(Generation));

    public object ToResource() => new
    {
        kind = "storage#object",
        id = string.Create(CultureInfo.InvariantCulture, $"{Bucket}/{Name}/{Generation}"),
        name = Name,
        bucket = Bucket,
        generation = Generation.ToString(CultureInfo.InvariantCulture),
        metageneration = "1",
        contentType = ContentType,
        contentEncoding = ContentEncoding,
        storageClass = "STANDARD",
        size = Size.ToString(CultureInfo.InvariantCulture),
        crc32c = Crc32c,
        etag = ETag,
        timeCreated = Created,
        updated = Created,
        metadata = Metadata,
    };
}
