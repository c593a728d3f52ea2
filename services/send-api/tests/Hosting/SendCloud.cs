using System.Net.Http.Headers;
using System.Text.Json;
using EnergyLoad.Testing.Cloud;

namespace EnergyLoad.SendApi.Tests.Hosting;

/// <summary>What send-api has in Google Cloud.</summary>
internal static class SendCloud
{
    public const string SourceBucket = "energyload-source";
    public const string SuccessBucket = "energyload-success";
    public const string ErrorBucket = "energyload-error";
    private const string ShortQueue = "send-drain";

    private static readonly Lazy<Task<GoogleStandIn>> Started = new(() => GoogleStandIn.StartAsync(
        new StandInOptions("send-api", ShortQueue, [SourceBucket, SuccessBucket, ErrorBucket]) { TaskAttempts = 1 }));

    public static Task<GoogleStandIn> Shared => Started.Value;

    public static string Queue => GoogleStandIn.QueueName(ShortQueue);

    /// <summary>Puts an object that is stored compressed, which the client library does not do.</summary>
    public static async Task PutCompressedAsync(string name, byte[] content)
    {
        using var metadata = new StringContent($$"""{"name":{{JsonSerializer.Serialize(name)}},"contentEncoding":"gzip"}""");
        metadata.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var body = new MultipartContent("related") { metadata, new ByteArrayContent(content) };
        var upload = new Uri($"/upload/storage/v1/b/{SourceBucket}/o?uploadType=multipart", UriKind.Relative);
        using var answer = await (await Shared).Http.PostAsync(upload, body);
        answer.EnsureSuccessStatusCode();
    }
}
