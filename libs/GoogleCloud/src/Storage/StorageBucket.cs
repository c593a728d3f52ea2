using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text.Json;
using EnergyLoad.GoogleCloud.Checksums;
using EnergyLoad.GoogleCloud.Rest;
using EnergyLoad.GoogleCloud.Storage;

namespace EnergyLoad.GoogleCloud;

/// <summary>Lists, reads and writes objects in buckets of Cloud Storage; contents are checked by CRC32C both ways.</summary>
public sealed class StorageBucket
{
    private readonly RestClient _rest;
    private readonly GoogleCloudOptions _options;

    internal StorageBucket(RestClient rest, GoogleCloudOptions options) => (_rest, _options) = (rest, options);

    /// <summary>Lists the live objects whose names start with the prefix, in the order of their names, page by page.</summary>
    /// <param name="bucket">Name of the bucket.</param>
    /// <param name="prefix">Start of the names; empty for all.</param>
    /// <param name="ct">Gives up.</param>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public async IAsyncEnumerable<StorageObject> ListAsync(string bucket, string prefix, [EnumeratorCancellation] CancellationToken ct)
    {
        string? page = null;
        do
        {
            var uri = ObjectsOf(bucket) + $"?prefix={Escape(prefix)}" + (page is null ? "" : $"&pageToken={Escape(page)}");
            var call = RestCall.Get(new Uri(uri), $"gs://{bucket}", "storage.objects.list");
            var list = await _rest.SendAsync(call, StorageJson.Default.ObjectList, ct);
            foreach (var item in list.Items ?? [])
            {
                yield return item;
            }

            page = list.NextPageToken;
        }
        while (!string.IsNullOrEmpty(page));
    }

    /// <summary>Opens an object for reading.</summary>
    /// <param name="location">The object.</param>
    /// <param name="generation">Which content of it; null for the live one.</param>
    /// <param name="ct">Gives up; the reading itself takes its own token.</param>
    /// <returns>The content, for the caller to dispose; null when there is no such object or generation.</returns>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public async Task<StorageContent?> GetAsync(StorageLocation location, long? generation, CancellationToken ct)
    {
        // With gzip accepted, an object stored zipped comes as it is stored, and its checksum fits (storage/docs/transcoding).
        var uri = new Uri($"{AddressOf(location)}?alt=media{Query("generation", generation)}");
        var call = RestCall.Get(uri, location.ToString(), "storage.objects.get") with { AcceptsGzip = true };
        try
        {
            return await StorageContent.OpenAsync(await _rest.OpenAsync(call, ct), location, ct);
        }
        catch (GoogleCloudException refused) when (refused.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    /// <summary>Writes an object. Cloud Storage checks the content's CRC32C before the object appears.</summary>
    /// <param name="location">The object.</param>
    /// <param name="content">The whole content.</param>
    /// <param name="contentType">Its media type.</param>
    /// <param name="ifGeneration">
    /// Write only over this generation; 0 only if there is no such object; null whatever is there (then an attempt whose answer was
    /// lost is not repeated). When the very content is there already, that counts as written: a repeated attempt may have done it.
    /// </param>
    /// <param name="ct">Gives up; the object may have been written.</param>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public async Task<StorageInsertion> InsertAsync(
        StorageLocation location, ReadOnlyMemory<byte> content, string contentType, long? ifGeneration, CancellationToken ct)
    {
        var crc32c = Crc32C.ToBase64(Crc32C.Of(content.Span));
        var metadata = JsonSerializer.SerializeToUtf8Bytes(
            new ObjectMetadata(location.Name, contentType, crc32c), StorageJson.Default.ObjectMetadata);
        var query = $"?uploadType=multipart{Query("ifGenerationMatch", ifGeneration)}";
        var uri = $"{_options.StorageUrl.Prefix()}/upload/storage/v1/b/{Escape(location.Bucket)}/o{query}";
        var call = new RestCall(HttpMethod.Post, new Uri(uri), location.ToString(), "storage.objects.create")
        {
            Content = () => new Upload(metadata, content, contentType),
            Repeatable = ifGeneration is not null,
        };
        try
        {
            return new StorageInsertion.Written(await _rest.SendAsync(call, StorageJson.Default.StorageObject, ct, Check));
        }
        catch (GoogleCloudException refused) when (refused.StatusCode == HttpStatusCode.PreconditionFailed)
        {
            return await DescribeAsync(location, ct) is { } there && there.Size == content.Length && there.Crc32c == crc32c
                ? new StorageInsertion.Written(there)
                : new StorageInsertion.PreconditionFailed();
        }

        void Check(StorageObject written)
        {
            if (written.Crc32c is { } told && told != crc32c)
            {
                throw Silence.Damaged(location.ToString(), "What was written");
            }
        }
    }

    /// <summary>Copies an object within Cloud Storage, metadata included, over whatever is at the target.</summary>
    /// <param name="source">The object to copy.</param>
    /// <param name="generation">Which content of it; null for the live one.</param>
    /// <param name="target">Where to.</param>
    /// <param name="ct">Gives up; the copy may have been made.</param>
    /// <returns>The copy; null when the source is not there.</returns>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public async Task<StorageObject?> RewriteAsync(StorageLocation source, long? generation, StorageLocation target, CancellationToken ct)
    {
        var query = $"?projection=noAcl{Query("sourceGeneration", generation)}";
        var uri = $"{AddressOf(source)}/rewriteTo/b/{Escape(target.Bucket)}/o/{Escape(target.Name)}{query}";
        var token = "";
        while (true)
        {
            var call = new RestCall(HttpMethod.Post, new Uri(uri + token), $"{source} to {target}", "storage.objects.create");
            RewriteReply reply;
            try
            {
                reply = await _rest.SendAsync(call, StorageJson.Default.RewriteReply, ct);
            }
            catch (GoogleCloudException refused) when (refused.StatusCode == HttpStatusCode.NotFound)
            {
                return null;
            }

            if (reply is { Done: true })
            {
                return reply.Resource ?? throw Silence.Unreadable(call, null);
            }

            token = $"&rewriteToken={Escape(reply.RewriteToken ?? throw Silence.Unreadable(call, null))}";
        }
    }

    /// <summary>Deletes an object.</summary>
    /// <param name="location">The object.</param>
    /// <param name="generation">Only this content of it, so that a newer one stays; null for whatever is there.</param>
    /// <param name="ct">Gives up; the object may have been deleted.</param>
    /// <returns>False when it was not there: gone before, or deleted by an attempt whose answer was lost.</returns>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public async Task<bool> DeleteAsync(StorageLocation location, long? generation, CancellationToken ct)
    {
        var uri = $"{AddressOf(location)}?projection=noAcl{Query("generation", generation)}";
        var call = new RestCall(HttpMethod.Delete, new Uri(uri), location.ToString(), "storage.objects.delete")
        {
            Repeatable = generation is not null,
        };
        try
        {
            await _rest.SendAsync(call, ct);
            return true;
        }
        catch (GoogleCloudException refused) when (refused.StatusCode == HttpStatusCode.NotFound)
        {
            return false;
        }
    }

    private async Task<StorageObject?> DescribeAsync(StorageLocation location, CancellationToken ct)
    {
        try
        {
            var call = RestCall.Get(new Uri(AddressOf(location)), location.ToString(), "storage.objects.get");
            return await _rest.SendAsync(call, StorageJson.Default.StorageObject, ct);
        }
        catch (GoogleCloudException refused) when (refused.StatusCode == HttpStatusCode.NotFound)
        {
            return null;
        }
    }

    private string AddressOf(StorageLocation location) => $"{ObjectsOf(location.Bucket)}/{Escape(location.Name)}";

    private string ObjectsOf(string bucket) => $"{_options.StorageUrl.Prefix()}/storage/v1/b/{Escape(bucket)}/o";

    private static string Query(string name, long? value) =>
        value is { } given ? string.Create(CultureInfo.InvariantCulture, $"&{name}={given}") : "";

    private static string Escape(string text) => Uri.EscapeDataString(text);
}
