using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace EnergyLoad.Local.Google.Storage;

/// <summary>Takes uploads in one request: the content alone (media), or its description before it (multipart).</summary>
internal static class Uploads
{
    public static async Task<IResult> InsertAsync(HttpContext context, string bucket, Buckets buckets)
    {
        if (buckets.Find(bucket) is not { } target)
        {
            return StorageError.NoBucket();
        }

        var request = context.Request;
        return request.Query["uploadType"].ToString() switch
        {
            "media" => await CommitAsync(context, target, new NewObject(request.Query["name"], request.ContentType), request.Body),
            "multipart" => await InsertPartsAsync(context, target),
            _ => StorageError.Invalid("uploadType must be media or multipart."),
        };
    }

    private static async Task<IResult> InsertPartsAsync(HttpContext context, Bucket target)
    {
        var request = context.Request;
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type) || HeaderUtilities.RemoveQuotes(type.Boundary) is not { Length: > 0 } boundary)
        {
            return StorageError.Invalid("A multipart upload names its boundary.");
        }

        var parts = new MultipartReader(boundary.ToString(), request.Body);
        var description = await parts.ReadNextSectionAsync(context.RequestAborted);
        var wanted = description is null
            ? null
            : await JsonSerializer.DeserializeAsync<NewObject>(description.Body, JsonSerializerOptions.Web, context.RequestAborted);
        var content = await parts.ReadNextSectionAsync(context.RequestAborted);
        if (wanted is null || content is null)
        {
            return StorageError.Invalid("A multipart upload has two parts.");
        }

        var named = wanted with { Name = wanted.Name ?? request.Query["name"], ContentType = wanted.ContentType ?? content.ContentType };
        return await CommitAsync(context, target, named, content.Body);
    }

    private static async Task<IResult> CommitAsync(HttpContext context, Bucket target, NewObject wanted, Stream body)
    {
        if (string.IsNullOrEmpty(wanted.Name))
        {
            return StorageError.Invalid("Required parameter: name");
        }

        var content = await target.TakeAsync(body, context.RequestAborted);
        if (wanted.Crc32c is { } told && told != content.Crc32c)
        {
            File.Delete(content.File);
            return StorageError.Invalid($"Provided CRC32C \"{told}\" doesn't match calculated CRC32C \"{content.Crc32c}\".");
        }

        return target.Commit(wanted, content, Preconditions.Of(context.Request)) is { } stored
            ? Results.Json(stored.ToResource())
            : StorageError.PreconditionFailed();
    }
}
