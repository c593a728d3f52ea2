using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>How soon a message is with e-Sight, and how fast a backlog is.</summary>
internal static class DeliveryBench
{
    private const int PerSecond = 500;
    private const int Backlog = 100_000;
    private const int FirstOfPace = 10_000_000;
    private const int FirstOfBacklog = 2_000_000;
    private static readonly TimeSpan Pace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Watched = TimeSpan.FromSeconds(30);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(StackDescription stack)
    {
        await ESightControl.LearnMetersAsync(stack);
        return [await MeasureDelayAsync(stack), await MeasureDrainAsync(stack)];
    }

    private static async Task<Figure> MeasureDelayAsync(StackDescription stack)
    {
        var direct = await Direct.ToSendApiAsync(stack, "sender");
        using var http = new HttpClient();
        var accepted = new ConcurrentDictionary<string, DateTimeOffset>(StringComparer.Ordinal);
        var clock = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, PerSecond * (int)Pace.TotalSeconds), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (n, token) =>
            {
                var wait = TimeSpan.FromSeconds((double)n / PerSecond) - clock.Elapsed;
                await Task.Delay(wait > TimeSpan.Zero ? wait : TimeSpan.Zero, token);
                using var request = direct.Post("/api/v1/service/send", Bodies.Json(Bodies.Message(FirstOfPace + n)));
                using var answer = await http.SendAsync(request, token);
                var at = DateTimeOffset.UtcNow;
                using var result = JsonDocument.Parse(await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync(token));
                accepted[$"{result.RootElement.GetProperty("messageId").GetString()}_{result.RootElement.GetProperty("sendId").GetString()}"] = at;
            });
        await Eventually.GetAsync(
            () => ESightControl.ReceivedAsync(stack), received => received >= accepted.Count, TimeSpan.FromMinutes(2));
        var arrivals = await ESightControl.ArrivalsAsync(stack);

        // The first fifth warms up.
        var delays = accepted.OrderBy(one => one.Value).Skip(accepted.Count / 5)
            .Select(one => (arrivals[one.Key] - one.Value).TotalMilliseconds).Order().ToArray();
        return Figure.AtMost($"accepted to e-Sight at {PerSecond}/s, p99", "ms", Math.Max(1, delays[delays.Length * 99 / 100]), 300);
    }

    private static async Task<Figure> MeasureDrainAsync(StackDescription stack)
    {
        var sender = await Direct.ToSendApiAsync(stack, "sender");
        var root = await Direct.ToSendApiAsync(stack, "root");
        using var http = new HttpClient();
        await PostAsync(http, root, "/api/v1/service/send/pause");
        for (var n = 0; n < Backlog / Bodies.LinesAtOnce; n++)
        {
            using var request = sender.Post("/api/v1/service/send", Bodies.Ndjson(Bodies.Lines((FirstOfBacklog / Bodies.LinesAtOnce) + n)));
            using var answer = await http.SendAsync(request);
            answer.EnsureSuccessStatusCode();
        }

        var before = await ESightControl.ReceivedAsync(stack);
        await PostAsync(http, root, "/api/v1/service/send/resume");
        var clock = Stopwatch.StartNew();
        var after = before;
        while (clock.Elapsed < Watched && after - before < Backlog)
        {
            await Task.Delay(TimeSpan.FromMilliseconds(100));
            after = await ESightControl.ReceivedAsync(stack);
        }

        return Figure.AtLeast($"draining a backlog of {Backlog:#,0}", "messages/s", (after - before) / clock.Elapsed.TotalSeconds, 2_000);
    }

    private static async Task PostAsync(HttpClient http, Direct direct, string path)
    {
        using var request = direct.Post(path, Bodies.Json("{}"u8.ToArray()));
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
    }
}
