using System.IO.Compression;
using EnergyLoad.GoogleCloud.Checksums;
using EnergyLoad.GoogleCloud.Storage;

namespace EnergyLoad.GoogleCloud;

/// <summary>An object that is being read.</summary>
public sealed class StorageContent : IDisposable
{
    private readonly HttpResponseMessage _response;

    private StorageContent(HttpResponseMessage response, Stream stream) =>
        (_response, Stream, Generation) = (response, stream, Hashes.GenerationOf(response));

    /// <summary>
    /// The content, unzipped if it is stored with Content-Encoding gzip. Its end is only reached when the CRC32C is right: before
    /// that, reading throws <see cref="GoogleCloudException"/>, so use nothing of it before its end. A broken connection is an IOException.
    /// </summary>
    public Stream Stream { get; }

    /// <summary>The generation that is being read; null when not told.</summary>
    public long? Generation { get; }

    /// <inheritdoc/>
    public void Dispose()
    {
        Stream.Dispose();
        _response.Dispose();
    }

    internal static async Task<StorageContent> OpenAsync(HttpResponseMessage response, StorageLocation location, CancellationToken ct)
    {
        var stored = Verified(await response.Content.ReadAsStreamAsync(ct), Hashes.Crc32cOf(response), location);
        return new StorageContent(response, Unzipped(stored, response.Content.Headers.ContentEncoding));
    }

    private static Stream Verified(Stream stream, string? crc32c, StorageLocation location) =>
        crc32c is null ? stream : new VerifiedStream(stream, crc32c, location.ToString());

    private static Stream Unzipped(Stream stream, ICollection<string> encoding) =>
        encoding.Contains("gzip") ? new GZipStream(stream, CompressionMode.Decompress) : stream;
}
