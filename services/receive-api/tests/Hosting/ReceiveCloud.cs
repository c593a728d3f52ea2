using EnergyLoad.Testing.Cloud;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

/// <summary>What receive-api has in Google Cloud.</summary>
internal static class ReceiveCloud
{
    public const string Bucket = "energyload-response";
    private const string ShortQueue = "receive-publish";

    private static readonly Lazy<Task<GoogleStandIn>> Started = new(
        () => GoogleStandIn.StartAsync(new StandInOptions("receive-api", ShortQueue, [Bucket])));

    public static Task<GoogleStandIn> Shared => Started.Value;

    public static string Queue => GoogleStandIn.QueueName(ShortQueue);

    public static async Task<HttpResponseMessage> ObjectAsync(string name) => await (await Shared).Http.GetAsync(
        new Uri($"/storage/v1/b/{Bucket}/o/{Uri.EscapeDataString(name)}?alt=media", UriKind.Relative));
}
