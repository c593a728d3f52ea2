namespace EnergyLoad.GoogleCloud.Secrets.Sources;

/// <summary>The text that says where a secret is, taken apart.</summary>
/// <param name="Kind">Which source.</param>
/// <param name="Path">What that source calls it.</param>
/// <param name="Member">The member of the JSON object that is the secret; null when the whole is.</param>
internal sealed record SourceAddress(SourceKind Kind, string Path, string? Member)
{
    public const string Forms = "secretmanager:NAME, kms-gcs:gs://BUCKET/OBJECT#MEMBER, file:PATH, env:VARIABLE";
    private const string Bucket = "gs://";

    /// <summary>Null when the text has none of the forms.</summary>
    public static SourceAddress? Parse(string text)
    {
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        var path = text[(colon + 1)..];
        if (colon < 0 || path.Length == 0)
        {
            return null;
        }

        return text[..colon] switch
        {
            "secretmanager" => new SourceAddress(SourceKind.SecretManager, path, null),
            "file" => new SourceAddress(SourceKind.File, path, null),
            "env" => new SourceAddress(SourceKind.Environment, path, null),
            "kms-gcs" when path.StartsWith(Bucket, StringComparison.Ordinal) => OfObject(path[Bucket.Length..]),
            _ => null,
        };
    }

    /// <summary>The object of a <see cref="SourceKind.KmsObject"/>.</summary>
    public StorageLocation ToLocation()
    {
        var slash = Path.IndexOf('/', StringComparison.Ordinal);
        return new StorageLocation(Path[..slash], Path[(slash + 1)..]);
    }

    private static SourceAddress? OfObject(string path)
    {
        var hash = path.IndexOf('#', StringComparison.Ordinal);
        var (name, member) = hash < 0 ? (path, null) : (path[..hash], path[(hash + 1)..]);
        var slash = name.IndexOf('/', StringComparison.Ordinal);
        return slash > 0 && slash < name.Length - 1 && member is not "" ? new SourceAddress(SourceKind.KmsObject, name, member) : null;
    }
}
