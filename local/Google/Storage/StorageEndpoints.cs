using System.Globalization;
using Microsoft.Net.Http.Headers;

namespace EnergyLoad.Local.Google.Storage;

/// <summary>Cloud Storage's JSON API v1.</summary>
internal static class StorageEndpoints
{
    public static IServiceCollection AddStorage(this IServiceCollection services) => services.AddSingleton<Buckets>();

    public static void MapStorage(this WebApplication app)
    {
        app.MapPost("/storage/v1/b", CreateBucket);
        app.MapGet("/storage/v1/b/{bucket}", (string bucket, Buckets buckets) =>
            buckets.Find(bucket) is { } found ? Results.Json(new { kind = "storage#bucket", name = found.Name }) : StorageError.NoBucket());
        app.MapGet("/storage/v1/b/{bucket}/o", List);
        app.MapGet("/storage/v1/b/{bucket}/o/{**name}", Get);
        app.MapDelete("/storage/v1/b/{bucket}/o/{**name}", Delete);
        app.MapPost("/storage/v1/b/{bucket}/o/{**name}", RewriteAsync);
        app.MapPost("/upload/storage/v1/b/{bucket}/o", Uploads.InsertAsync);
    }

    private static IResult CreateBucket(NewObject bucket, Buckets buckets) =>
        !Buckets.IsName(bucket.Name) ? StorageError.Invalid("Invalid bucket name.")
        : buckets.Create(bucket.Name) ? Results.Json(new { kind = "storage#bucket", name = bucket.Name })
        : new StorageError(StatusCodes.Status409Conflict, "conflict", "The bucket exists already.");

    private static IResult List(string bucket, Buckets buckets, string? prefix, string? delimiter, int? maxResults, string? pageToken)
    {
        if (buckets.Find(bucket) is not { } found)
        {
            return StorageError.NoBucket();
        }

        try
        {
            return Results.Json(ObjectList.Of(found, prefix ?? "", delimiter, maxResults, pageToken).ToResource());
        }
        catch (FormatException)
        {
            return StorageError.Invalid("Invalid argument: pageToken");
        }
    }

    private static IResult Get(HttpContext context, Buckets buckets)
    {
        var (refusal, bucket, stored) = Find(context, buckets);
        if (refusal is not null)
        {
            return refusal;
        }

        return context.Request.Query["alt"] == "media" ? Media(context, bucket!, stored!) : Results.Json(stored!.ToResource());
    }

    private static IResult Media(HttpContext context, Bucket bucket, StoredObject stored)
    {
#pragma warning disable CA2000 // The answer disposes the content when it has been sent.
        if (bucket.Open(stored) is not { } content)
#pragma warning restore CA2000
        {
            return StorageError.NoObject(stored.Bucket, stored.Name);
        }

        var headers = context.Response.Headers;
        headers["x-goog-generation"] = stored.Generation.ToString(CultureInfo.InvariantCulture);
        headers["x-goog-metageneration"] = "1";
        headers["x-goog-hash"] = $"crc32c={stored.Crc32c}";
        headers["x-goog-stored-content-length"] = stored.Size.ToString(CultureInfo.InvariantCulture);
        headers.ContentEncoding = stored.ContentEncoding;
        return Results.Stream(
            content,
            stored.ContentType,
            lastModified: stored.Created,
            entityTag: new EntityTagHeaderValue($"\"{stored.ETag}\""),
            enableRangeProcessing: true);
    }

    private static IResult Delete(HttpContext context, Buckets buckets)
    {
        var (refusal, bucket, stored) = Find(context, buckets);
        return refusal ?? (bucket!.Delete(stored!) ? Results.NoContent() : StorageError.NoObject(stored!.Bucket, stored.Name));
    }

    private static async Task<IResult> RewriteAsync(HttpContext context, Buckets buckets)
    {
        if (ObjectAddress.OfRewrite(context) is not var (source, target))
        {
            return StorageError.Invalid("Only rewriteTo is known here.");
        }

        if (buckets.Find(source.Bucket) is not { } from || buckets.Find(target.Bucket) is not { } to)
        {
            return StorageError.NoBucket();
        }

        if (from.Find(source.Name, Preconditions.Number(context.Request, "sourceGeneration")) is not { } stored)
        {
            return StorageError.NoObject(source.Bucket, source.Name);
        }

        await using var content = from.Open(stored);
        if (content is null)
        {
            return StorageError.NoObject(source.Bucket, source.Name);
        }

        var copy = await to.TakeAsync(content, context.RequestAborted);
        var wanted =
            new NewObject(target.Name, stored.ContentType) { ContentEncoding = stored.ContentEncoding, Metadata = stored.Metadata };
        return to.Commit(wanted, copy, Preconditions.Of(context.Request)) is { } made
            ? Results.Json(new
            {
                kind = "storage#rewriteResponse",
                totalBytesRewritten = made.Size.ToString(CultureInfo.InvariantCulture),
                objectSize = made.Size.ToString(CultureInfo.InvariantCulture),
                done = true,
                resource = made.ToResource(),
            })
            : StorageError.PreconditionFailed();
    }

    private static (IResult? Refusal, Bucket? Bucket, StoredObject? Object) Find(HttpContext context, Buckets buckets)
    {
        if (ObjectAddress.Of(context) is not { } address)
        {
            return (StorageError.NoObject("", ""), null, null);
        }

        if (buckets.Find(address.Bucket) is not { } bucket)
        {
            return (StorageError.NoBucket(), null, null);
        }

        return bucket.Find(address.Name, Preconditions.Number(context.Request, "generation")) is not { } stored
            ? (StorageError.NoObject(address.Bucket, address.Name), null, null)
            : Preconditions.Of(context.Request).Allow(stored) ? (null, bucket, stored) : (StorageError.PreconditionFailed(), null, null);
    }
}
