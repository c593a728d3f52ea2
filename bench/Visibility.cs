using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>How long an error report takes from its post at receive-api until send-api's status shows it, at a steady rate.</summary>
internal sealed class Visibility(StackDescription stack, Direct send, Direct operate, Direct receive) : IDisposable
{
    private const string Send = "/api/v1/service/send";
    private const int PerSecond = 200;
    private const int Seconds = 20;
    private const int WarmUpSeconds = 8;
    private const int BatchMessages = 500;

    // Asking after every report would be a load of its own.
    private const int AskedAfter = 10;
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(10);
    private static readonly string Run = $"{Guid.NewGuid():n}"[..8];
    private readonly HttpMessageInvoker _http = new(new SocketsHttpHandler { UseCookies = false, UseProxy = false });

    /// <summary>The 99th percentile in milliseconds.</summary>
    public async Task<double> MeasureAsync()
    {
        var sendIds = await DeliverAsync();
        var clock = Stopwatch.StartNew();
        var watched = new List<Task<TimeSpan>>();
        var posted = new List<Task>();
        for (var n = 0; n < sendIds.Count; n++)
        {
            if (TimeSpan.FromSeconds((double)n / PerSecond) - clock.Elapsed is { Ticks: > 0 } early)
            {
                await Task.Delay(early);
            }

            var reported = ReportAsync(sendIds[n]);
            posted.Add(reported);
            if (n >= WarmUpSeconds * PerSecond && n % AskedAfter == 0)
            {
                watched.Add(WatchAsync(sendIds[n], reported));
            }
        }

        await Task.WhenAll(posted);
        var times = (await Task.WhenAll(watched)).Order().ToList();
        return times[(int)(times.Count * 0.99)].TotalMilliseconds;
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyList<string>> DeliverAsync()
    {
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/sites"), new[] { "LU_BENCH" });
        var meters = Enumerable.Range(0, PerSecond * Seconds).Select(n => $"LU_BENCH_Seen_{n}");
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/meters"), meters);
        var sendIds = new List<string>();
        foreach (var batch in Enumerable.Range(0, PerSecond * Seconds).Chunk(BatchMessages))
        {
            var answer = await SendAsync(send.Post(Send, Json($"[{string.Join(',', batch.Select(Message))}]")));
            sendIds.AddRange(answer.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("sendId").GetString()!));
        }

        await Eventually.GetAsync(() => SendAsync(operate.Get($"{Send}/ledger")), IsAllDelivered, TimeSpan.FromMinutes(2));
        return sendIds;
    }

    private static bool IsAllDelivered(JsonElement ledger) =>
        ledger.GetProperty("total").GetProperty("messages").GetProperty("pending").GetInt64() == 0;

    private Task ReportAsync(string sendId) => SendAsync(receive.Post("/api/v1/service/receive/errorjson", Json($$$"""
        {"_id":"seen-{{{sendId}}}","header":{"messageId":"electricity_lu_seen_{{{sendId}}}"},"errors":[{"errorCode":"E1","datapointKey":"kwh","value":12.5,"tsIso8601":"2022-10-01T00:00:00Z"}]}
        """)));

    private async Task<TimeSpan> WatchAsync(string sendId, Task reported)
    {
        var clock = Stopwatch.StartNew();
        await reported;
        while ((await SendAsync(send.Get($"{Send}/{sendId}"))).GetProperty("state").GetString() != "rejected")
        {
            await Task.Delay(Look);
        }

        return clock.Elapsed;
    }

    private async Task<JsonElement> SendAsync(HttpRequestMessage request)
    {
        using (request)
        {
            using var answer = await _http.SendAsync(request, CancellationToken.None);
            return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
        }
    }

    private static StringContent Json(string body) => new(body, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));

    private static string Message(int n) => $$$"""
        {"messageType":"gatewayDataUpdate","header":{"gatewayTypeUrn":"urn:esight:assets:edm:lu:electricity","gatewayUrn":"urn:esight:edm:BENCH:LU_BENCH_Seen_{{{n}}}","messageId":"electricity_lu_seen_{{{Run}}}_{{{n}}}"},"gatewayData":{"datapointValues":[{"datapointKey":"kwh","value":12.5,"tsIso8601":"2022-10-01T00:00:00Z"}]}}
        """;
}
