using Microsoft.AspNetCore.Http.Features;

namespace EnergyLoad.Local.Google.Storage;

/// <summary>
/// Bucket and object as the caller escaped them. They are read from the raw target, because the path that routing sees has
/// lost the difference between a slash in a name that was escaped once and one that was escaped twice.
/// </summary>
internal sealed record ObjectAddress(string Bucket, string Name)
{
    /// <summary>Reads <c>…/b/BUCKET/o/OBJECT</c>; null when the path goes on or the object is missing.</summary>
    public static ObjectAddress? Of(HttpContext context) =>
        PartsOf(context) is ["b", var bucket, "o", { Length: > 0 } name] ? new ObjectAddress(bucket, name) : null;

    /// <summary>Reads <c>…/b/BUCKET/o/OBJECT/rewriteTo/b/BUCKET/o/OBJECT</c>.</summary>
    public static (ObjectAddress Source, ObjectAddress Target)? OfRewrite(HttpContext context) =>
        PartsOf(context) is ["b", var bucket, "o", { Length: > 0 } name, "rewriteTo", "b", var targetBucket, "o", { Length: > 0 } targetName]
            ? (new ObjectAddress(bucket, name), new ObjectAddress(targetBucket, targetName))
            : null;

    private static string[] PartsOf(HttpContext context)
    {
        var path = context.Features.GetRequiredFeature<IHttpRequestFeature>().RawTarget.Split('?')[0];
        return [.. path.Split('/').Skip(3).Select(Uri.UnescapeDataString)];
    }
}
