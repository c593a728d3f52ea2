using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>
/// A service that is asked to stop (SIGTERM) finishes what it has begun, leaves the rest to another, and complains of nothing.
/// </summary>
public sealed class StopTests(RunningStack stack) : IClassFixture<RunningStack>
{
    private readonly OutcomeWorld _world = new(stack);

    private StackDescription Stack => stack.Description;

    [Fact]
    public async Task What_send_api_is_posting_when_it_is_stopped_is_posted_once()
    {
        using var http = new HttpClient();
        using var sender = await _world.LoginAsync("sender");
        var day = await _world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        using var slow = await http.PostAsJsonAsync(
            new Uri(Stack.Esight, "/control/behaviour"), new { latencyMs = 1_000, match = day.MessageId, times = 1 });
        var pid = Stack.Pids.SendApi[0];
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());
        await Eventually.GetAsync(() => _world.ReceivedAsync(day.MessageId), received => received.Count > 0);

        await StopAsync(pid, pids => pids.SendApi[0]);

        var status = await Eventually.GetAsync(
            () => StatusAsync(sender, sendId), status => status?.GetProperty("state").GetString() == "delivered");
        Assert.Single(status!.Value.GetProperty("attempts").EnumerateArray());
        Assert.Empty(await ErrorsAsync("send-api-1.log"));
    }

    [Fact]
    public async Task Reports_that_receive_api_took_before_it_was_stopped_reach_their_messages_after_it()
    {
        using var sender = await _world.LoginAsync("sender");
        var days = new List<(MeterDay Day, string SendId)>();
        for (var n = 0; n < 5; n++)
        {
            var day = await _world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
            days.Add((day, await OutcomeWorld.PushAsync(sender, day.ToJson())));
        }

        using var esight = await GatewayUser.LoginAsync(Stack.ReceiveGateway, Stack.ApiKeys["esight"], Stack.Users["esight"]);
        var pid = Stack.Pids.ReceiveApi[0];
        foreach (var (day, sendId) in days)
        {
            Assert.Equal(HttpStatusCode.Created, await ReportAsync(esight, $"{day.MessageId}_{sendId}"));
        }

        await StopAsync(pid, pids => pids.ReceiveApi[0]);

        foreach (var (_, sendId) in days)
        {
            await OutcomeWorld.UntilAsync(sender, sendId, "rejected");
        }

        Assert.Empty(await ErrorsAsync("receive-api-1.log"));
    }

    /// <summary>Stops a process and waits until another runs in its place.</summary>
    private async Task StopAsync(int pid, Func<StackPids, int> present)
    {
        using var service = Process.GetProcessById(pid);
        using var kill = Process.Start("kill", ["-TERM", pid.ToString(CultureInfo.InvariantCulture)]);
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await service.WaitForExitAsync(patience.Token);
        await Eventually.GetAsync(() => Task.FromResult(present(stack.ReadDescription().Pids)), now => now != pid);
    }

    private async Task<IReadOnlyList<string>> ErrorsAsync(string log) =>
        [.. (await File.ReadAllLinesAsync(Path.Combine(stack.Logs, log))).Where(line => line.Contains("\"severity\":\"ERROR\"", StringComparison.Ordinal))];

    /// <summary>Null while the service is not back yet.</summary>
    private static async Task<JsonElement?> StatusAsync(GatewayUser sender, string sendId)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri($"{OutcomeWorld.Send}/{sendId}", UriKind.Relative));
        using var answer = await sender.SendAsync(request);
        return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : null;
    }

    private static async Task<HttpStatusCode> ReportAsync(GatewayUser esight, string messageId)
    {
        var body = $$$"""
            {"_id":"{{{Guid.NewGuid():n}}}","header":{"messageId":"{{{messageId}}}","received_tsIso8601":"2022-10-01T00:05:00Z"},
             "errors":[{"errorCode":"E1","errorMessage":"no","datapointKey":"kwh","value":1,"tsIso8601":"2022-10-01T00:00:00Z"}]}
            """;
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/service/receive/errorjson", UriKind.Relative))
        {
            Content = new StringContent(body, Encoding.UTF8, "application/json"),
        };
        using var answer = await esight.SendAsync(request);
        return answer.StatusCode;
    }
}
