using System.Text.Json;
using EnergyLoad.Bench.Floors;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>What is measured, in this order.</summary>
internal static class Measurements
{
    private const int Connections = 64;
    private const double LongestUntilVisible = 500;

    public static IReadOnlyList<(string Name, Func<StackDescription, Task<IReadOnlyList<Figure>>> Measure)> All { get; } =
    [
        ("login", MeasureLoginAsync),

        // Before there is anything for MariaDB to tidy up behind the answers.
        ("start", StartUp.MeasureAsync),
        ("visible", MeasureVisibleAsync), ("delivery", DeliveryBench.MeasureAsync),
        ("accept", MeasureAcceptAsync), ("lines", MeasureLinesAsync), ("flat", FlatCost.MeasureAsync),

        // Its archive goes on for minutes after its answers.
        ("reports", MeasureReportsAsync), ("memory", MeasureMemoryAsync),
    ];

    private static async Task<IReadOnlyList<Figure>> MeasureLoginAsync(StackDescription stack)
    {
        var direct = await Direct.ToSendApiAsync(stack, user: null);
        var credentials = JsonSerializer.SerializeToUtf8Bytes(stack.Users["sender"], JsonSerializerOptions.Web);
        var login = new RequestHead(direct.Post("/login", Bodies.Json([])));
        var logins = new Load(8);
        var (ours, floor) = await new Race(
            (warmUp, duration) => Task.FromResult(Argon2Floor.Measure(duration)),
            (warmUp, duration) => logins.RunAsync(
                warmUp, duration, login, _ => credentials, 200,
                [("send-api", stack.Pids.SendApi[0]), .. BesideIt(stack)])).RunAsync();
        return [Figure.OfFloor("login beside libargon2 alone", "logins/s", ours.PerSecond, floor.PerSecond, 0.9)];
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAcceptAsync(StackDescription stack)
    {
        await ESightControl.HoldBackAsync(stack);
        var direct = await Direct.ToSendApiAsync(stack, "sender");
        var (ours, floor) = await RaceAsync(
            stack, Connections, ("send-api", stack.Pids.SendApi[0]), direct.Post("/api/v1/service/send", Bodies.Json([])), Bodies.Message, 202);
        return
        [
            Figure.OfFloor("accept, one 600-byte message a request", "requests/s", ours.PerSecond, floor.PerSecond, 0.7),
            Figure.AtMost("accept, p99 at 64 connections", "ms", ours.Slowest.TotalMilliseconds, 50),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> MeasureLinesAsync(StackDescription stack)
    {
        await ESightControl.HoldBackAsync(stack);
        var direct = await Direct.ToSendApiAsync(stack, "sender");
        var (ours, floor) = await RaceAsync(
            stack, 4, ("send-api", stack.Pids.SendApi[0]), direct.Post("/api/v1/service/send", Bodies.Ndjson([])), n => Bodies.Lines(1_000_000 + n), 202);
        return
        [
            Figure.OfFloor(
                $"accept, NDJSON of {Bodies.LinesAtOnce}", "messages/s", ours.PerSecond * Bodies.LinesAtOnce,
                floor.PerSecond * Bodies.LinesAtOnce, 0.55),
        ];
    }

    private static async Task<IReadOnlyList<Figure>> MeasureVisibleAsync(StackDescription stack)
    {
        var send = await Direct.ToSendApiAsync(stack, "sender");
        var operate = await Direct.ToSendApiAsync(stack, "backoffice");
        using var visibility = new Visibility(stack, send, operate, await Direct.ToReceiveApiAsync(stack, "esight"));
        return [Figure.AtMost("error report in the status, p99 at 200/s", "ms", await visibility.MeasureAsync(), LongestUntilVisible)];
    }

    private static async Task<IReadOnlyList<Figure>> MeasureReportsAsync(StackDescription stack)
    {
        using var http = new HttpClient();

        // What send-api does with the events is another machine's work.
        await http.PostAsJsonAsync(new Uri(stack.Google, "/control/pubsub"), new { pause = true });
        var direct = await Direct.ToReceiveApiAsync(stack, "esight");
        var (ours, floor) = await RaceAsync(
            stack, Connections, ("receive-api", stack.Pids.ReceiveApi[0]), direct.Post("/api/v1/service/receive/errorjson", Bodies.Json([])), Bodies.Report, 201);
        return [Figure.OfFloor("error report of one item", "requests/s", ours.PerSecond, floor.PerSecond, 0.7)];
    }

    /// <summary>After all that was measured before it.</summary>
    private static async Task<IReadOnlyList<Figure>> MeasureMemoryAsync(StackDescription stack)
    {
        var figures = new List<Figure>();
        foreach (var (name, pid) in new[] { ("send-api", stack.Pids.SendApi[0]), ("receive-api", stack.Pids.ReceiveApi[0]) })
        {
            var peak = (await File.ReadAllLinesAsync($"/proc/{pid}/status")).First(line => line.StartsWith("VmHWM", StringComparison.Ordinal));
            var kib = double.Parse(peak.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], System.Globalization.CultureInfo.InvariantCulture);
            figures.Add(Figure.AtMost($"most memory of {name}", "MiB", kib / 1024, 300));
        }

        return figures;
    }

    private static async Task<(LoadResult Ours, LoadResult Floor)> RaceAsync(
        StackDescription stack, int connections, (string Name, int Pid) service, HttpRequestMessage request,
        Func<int, byte[]> makeBody, int status)
    {
        using var floor = new CommitFloorProcess(stack);
        await floor.AwaitAsync();
        var shared = BesideIt(stack);
        var (head, itsHead) = (new RequestHead(request), new RequestHead(floor.Request((ByteArrayContent)request.Content!)));
        var (bare, loaded) = (new Load(connections), new Load(connections));
        return await new Race(
            (warmUp, duration) => bare.RunAsync(warmUp, duration, itsHead, makeBody, 202, [("floor", floor.Pid), .. shared]),
            (warmUp, duration) => loaded.RunAsync(warmUp, duration, head, makeBody, status, [service, .. shared])).RunAsync();
    }

    private static (string, int)[] BesideIt(StackDescription stack) =>
        [("mariadb", stack.Pids.Mariadb!.Value), ("google", stack.Pids.Google), ("load", Environment.ProcessId)];
}
