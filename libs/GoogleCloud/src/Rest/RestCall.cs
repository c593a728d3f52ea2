using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace EnergyLoad.GoogleCloud.Rest;

/// <summary>One call of a REST method: what is sent, and what an error of it should say.</summary>
/// <param name="Method">The HTTP method.</param>
/// <param name="Uri">The whole address, query included; it holds no secret.</param>
/// <param name="Resource">The resource that the call is about.</param>
/// <param name="Permission">The IAM permission that the method asks for.</param>
internal sealed record RestCall(HttpMethod Method, Uri Uri, string Resource, string Permission)
{
    /// <summary>Whether a second run does no harm. When false it is repeated only if the first cannot have reached Google.</summary>
    public bool Repeatable { get; init; } = true;

    /// <summary>Makes the body anew for every attempt; null when there is none.</summary>
    public Func<HttpContent>? Content { get; init; }

    /// <summary>Whether the answer may come zipped; nothing unzips it on the way.</summary>
    public bool AcceptsGzip { get; init; }

    public static RestCall Get(Uri uri, string resource, string permission) => new(HttpMethod.Get, uri, resource, permission);

    public static RestCall Post<T>(Uri uri, string resource, string permission, T body, JsonTypeInfo<T> type)
    {
        var bytes = JsonSerializer.SerializeToUtf8Bytes(body, type);
        return new RestCall(HttpMethod.Post, uri, resource, permission) { Content = () => JsonBody(bytes) };
    }

    private static ByteArrayContent JsonBody(byte[] bytes) => new(bytes) { Headers = { ContentType = new("application/json") } };
}
