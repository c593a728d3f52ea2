using System.Net.Http.Headers;
using System.Text;

namespace EnergyLoad.Bench;

/// <summary>What is pushed and reported.</summary>
internal static class Bodies
{
    public const int Meters = 5_000;
    public const int LinesAtOnce = 500;

    private static readonly string Run = $"{Guid.NewGuid():n}"[..8];

    /// <summary>One message of five readings, about 600 bytes.</summary>
    public static byte[] Message(int n) => Encoding.UTF8.GetBytes($$$"""
        {"messageType":"gatewayDataUpdate","header":{"gatewayTypeUrn":"urn:esight:assets:edm:lu:electricity","gatewayUrn":"urn:esight:edm:BENCH:LU_BENCH_Elec_{{{n % Meters}}}","messageId":"electricity_lu_bench_{{{Run}}}_{{{n}}}"},"gatewayData":{"datapointValues":[{"datapointKey":"kwh","value":12.5,"tsIso8601":"{{{Hour(n)}}}:00:00Z"},{"datapointKey":"kwh","value":12.75,"tsIso8601":"{{{Hour(n)}}}:10:00Z"},{"datapointKey":"kwh","value":11.5,"tsIso8601":"{{{Hour(n)}}}:20:00Z"},{"datapointKey":"kwh","value":0.25,"tsIso8601":"{{{Hour(n)}}}:30:00Z"},{"datapointKey":"kwh","value":7,"tsIso8601":"{{{Hour(n)}}}:40:00Z"}]}}
        """);

    /// <summary>A batch of messages, one on a line.</summary>
    public static byte[] Lines(int n) =>
        [.. Enumerable.Range(n * LinesAtOnce, LinesAtOnce).SelectMany(line => Message(line).Append((byte)'\n'))];

    public static byte[] Report(int n) => Encoding.UTF8.GetBytes($$$"""
        {"_id":"bench-{{{Run}}}-{{{n}}}","header":{"messageId":"electricity_lu_bench_{{{n}}}_{{{Guid.Empty}}}","received_tsIso8601":"2022-10-01T00:05:00Z"},"errors":[{"errorCode":"E1","errorMessage":"bench","datapointKey":"kwh","value":12.5,"tsIso8601":"2022-10-01T00:00:00Z"}]}
        """);

    public static ByteArrayContent Json(byte[] body) => Content(body, "application/json");

    public static ByteArrayContent Ndjson(byte[] body) => Content(body, "application/x-ndjson");

    // A meter's next message is of its next hour: nothing overlaps, so nothing waits for another.
    private static string Hour(int n) =>
        new DateTime(2010, 1, 1).AddHours(n / Meters).ToString("yyyy-MM-dd'T'HH", System.Globalization.CultureInfo.InvariantCulture);

    private static ByteArrayContent Content(byte[] body, string mediaType)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue(mediaType);
        return content;
    }
}
