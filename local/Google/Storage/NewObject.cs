namespace EnergyLoad.Local.Google.Storage;

/// <summary>What an upload says of the object that it makes.</summary>
internal sealed record NewObject(string? Name = null, string? ContentType = null, string? Crc32c = null)
{
    public string? ContentEncoding { get; init; }

    public IReadOnlyDictionary<string, string>? Metadata { get; init; }
}
