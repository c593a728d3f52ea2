using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EnergyLoad.Bench.Floors;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>What is measured, each against its floor in the same run.</summary>
internal static class Measurements
{
    private const int Connections = 64;
    private const int Meters = 5_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(12);

    public static IReadOnlyList<(string Name, Func<StackDescription, Task<IReadOnlyList<Figure>>> Measure)> All { get; } =
        [("login", MeasureLoginAsync), ("accept", MeasureAcceptAsync), ("reports", MeasureReportsAsync)];

    private static async Task<IReadOnlyList<Figure>> MeasureLoginAsync(StackDescription stack)
    {
        var direct = await Direct.ToSendApiAsync(stack, user: null);
        var credentials = JsonSerializer.Serialize(stack.Users["sender"], JsonSerializerOptions.Web);
        var before = Argon2Floor.Measure(Duration / 2);
        var logins = await new Load(8, WarmUp, Duration).RunAsync(
            _ => direct.Post("/login", new StringContent(credentials, Encoding.UTF8, "application/json")), expectedStatus: 200);
        var after = Argon2Floor.Measure(Duration / 2);
        return [new Figure("login beside libargon2 alone", "logins/s", logins.PerSecond, (before + after) / 2, 0.9)];
    }

    private static async Task<IReadOnlyList<Figure>> MeasureAcceptAsync(StackDescription stack)
    {
        await HoldDeliveryBackAsync(stack);
        var direct = await Direct.ToSendApiAsync(stack, "sender");
        return [await AgainstFloorAsync(
            "accept, one 600-byte message a request", stack, ("send-api", stack.Pids.SendApi[0]), Message, n => direct.Post("/api/v1/service/send", Json(Message(n))), 202)];
    }

    // e-Sight knows the meters and asks to be left alone: nothing is parked, and the gate stays closed.
    private static async Task HoldDeliveryBackAsync(StackDescription stack)
    {
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/sites"), new[] { "LU_BENCH" });
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/meters"), Enumerable.Range(0, Meters).Select(n => $"LU_BENCH_Elec_{n}"));
        await http.PostAsJsonAsync(new Uri(stack.Esight, "/control/behaviour"), new { status = 503, retryAfter = 600 });
    }

    private static async Task<IReadOnlyList<Figure>> MeasureReportsAsync(StackDescription stack)
    {
        var direct = await Direct.ToReceiveApiAsync(stack, "esight");
        return [await AgainstFloorAsync(
            "error report of one item", stack, ("receive-api", stack.Pids.ReceiveApi[0]), Report, n => direct.Post("/api/v1/service/receive/errorjson", Json(Report(n))), 201)];
    }

    private static async Task<Figure> AgainstFloorAsync(
        string name, StackDescription stack, (string Name, int Pid) service, Func<int, byte[]> body, Func<int, HttpRequestMessage> request, int status)
    {
        using var floor = new CommitFloorProcess(stack);
        await floor.AwaitAsync();
        (string, int)[] shared =
            [("mariadb", stack.Pids.Mariadb!.Value), ("google", stack.Pids.Google), ("load", Environment.ProcessId)];
        var bare = await new Load(Connections, WarmUp, Duration).RunAsync(n => floor.Request(body(n)), 202, [("floor", floor.Pid), .. shared]);
        Console.WriteLine($"  floor: {bare}");
        var ours = await new Load(Connections, WarmUp, Duration).RunAsync(request, status, [service, .. shared]);
        Console.WriteLine($"  ours:  {ours}");
        return new Figure(name, "requests/s", ours.PerSecond, bare.PerSecond, 0.7);
    }

    private static ByteArrayContent Json(byte[] body)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        return content;
    }

    private static byte[] Message(int n) => Encoding.UTF8.GetBytes($$$"""
        {"messageType":"gatewayDataUpdate","header":{"gatewayTypeUrn":"urn:esight:assets:edm:lu:electricity","gatewayUrn":"urn:esight:edm:BENCH:LU_BENCH_Elec_{{{n % Meters}}}","messageId":"electricity_lu_bench_{{{Run}}}_{{{n}}}"},"gatewayData":{"datapointValues":[{"datapointKey":"kwh","value":12.5,"tsIso8601":"2022-10-01T00:00:00Z"},{"datapointKey":"kwh","value":12.75,"tsIso8601":"2022-10-01T00:30:00Z"},{"datapointKey":"kwh","value":11.5,"tsIso8601":"2022-10-01T01:00:00Z"},{"datapointKey":"kwh","value":0.25,"tsIso8601":"2022-10-01T01:30:00Z"},{"datapointKey":"kwh","value":7,"tsIso8601":"2022-10-01T02:00:00Z"}]}}
        """);

    private static byte[] Report(int n) => Encoding.UTF8.GetBytes($$$"""
        {"_id":"bench-{{{Run}}}-{{{n}}}","header":{"messageId":"electricity_lu_bench_{{{n}}}_{{{Guid.Empty}}}","received_tsIso8601":"2022-10-01T00:05:00Z"},"errors":[{"errorCode":"E1","errorMessage":"bench","datapointKey":"kwh","value":12.5,"tsIso8601":"2022-10-01T00:00:00Z"}]}
        """);

    private static readonly string Run = $"{Guid.NewGuid():n}"[..8];
}
