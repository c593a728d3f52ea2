using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests;

/// <summary>Two instances of each service, one of which is killed, and a Pub/Sub that repeats, loses and delays.</summary>
[Collection(TwoInstances.Name)]
public sealed class ErrorReportLoopTests(TwoInstances stack) : IDisposable
{
    private const string Send = "/api/v1/service/send";
    private const string Receive = "/api/v1/service/receive/errorjson";
    private const int Messages = 60;
    private const int ReadingsPerMessage = 6;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private readonly HttpClient _http = new();

    private StackDescription Stack => stack.Description;

    [Fact]
    public async Task After_quiet_every_reading_has_the_state_of_the_model_although_events_were_repeated_lost_and_delayed_and_instances_killed()
    {
        var random = new Random(5);
        await PutAsync("/control/sites", ["LU_LOOP"]);
        await PutAsync("/control/meters", [.. Enumerable.Range(0, Messages).Select(n => $"LU_LOOP_Elec_{n}")]);
        using var sender = await LoginAsync(Stack.SendGateway, "sender");
        using var esight = await LoginAsync(Stack.ReceiveGateway, "esight");
        using var backoffice = await LoginAsync(Stack.SendGateway, "backoffice");
        var before = await LedgerAsync(backoffice);
        await ControlAsync(new { duplicate = 25, drop = 25, delayMs = 300 });

        var model = new ConcurrentDictionary<string, bool[]>();
        await Parallel.ForEachAsync(Enumerable.Range(0, Messages), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            if (n == Messages / 2)
            {
                var pids = stack.ReadDescription().Pids;
                Kill(pids.SendApi[0]);
                Kill(pids.ReceiveApi[1]);
            }

            var rejected = Enumerable.Range(0, ReadingsPerMessage).Select(_ => Draw(random)).ToArray();
            var sendId = await PushAsync(sender, n);
            model[sendId] = rejected;

            // Some reports come before send-api has recorded the delivery, some twice, and some grow: each revision repeats what
            // the one before said and adds to it.
            foreach (var known in Revisions(n, rejected))
            {
                await ReportAsync(esight, Report(n, sendId, known));
            }
        });

        foreach (var (sendId, rejected) in model)
        {
            var expected = rejected.Select(named => named ? "rejected" : rejected.All(all => all) ? "rejected" : "delivered").ToArray();
            await Eventually.GetAsync(() => StatesAsync(sender, sendId), states => states.SequenceEqual(expected), Patience);
        }

        var after = await LedgerAsync(backoffice);
        Assert.True(after.IsBalanced);
        Assert.Equal(model.Values.Sum(rejected => rejected.Count(named => named)), after.Rejected - before.Rejected);
    }

    public void Dispose() => _http.Dispose();

    private static async Task<(bool IsBalanced, int Rejected)> LedgerAsync(GatewayUser backoffice)
    {
        var ledger = await backoffice.GetAsync($"{Send}/ledger");
        return (ledger.GetProperty("balanced").GetBoolean(), ledger.GetProperty("total").GetProperty("readings").GetProperty("rejected").GetInt32());
    }

    private static bool Draw(Random random)
    {
        lock (random)
        {
            return random.Next(4) == 0;
        }
    }

    private static void Kill(int pid)
    {
        using var service = Process.GetProcessById(pid);
        service.Kill();
    }

    private static IEnumerable<bool[]> Revisions(int n, bool[] rejected) => (n % 3) switch
    {
        0 => [rejected],
        1 => [rejected, rejected],
        _ => Enumerable.Range(1, ReadingsPerMessage / 2).Select(part => rejected.Select((named, reading) => named && reading < 2 * part).ToArray()),
    };

    private static Task ReportAsync(GatewayUser esight, string report) => Eventually.GetAsync(
        async () =>
        {
            using var answer = await esight.SendAsync(
                new HttpRequestMessage(HttpMethod.Post, new Uri(Receive, UriKind.Relative)) { Content = Json(report) });
            return answer.StatusCode;
        },
        status => status is HttpStatusCode.Created or HttpStatusCode.OK,
        Patience);

    private static StringContent Json(string body) => new(body, Encoding.UTF8, "application/json");

    private static string Instant(int reading) => $"2022-10-01T{reading:00}:00:00Z";

    private static string Report(int n, string sendId, bool[] rejected)
    {
        var errors = rejected.Select((named, reading) => (named, reading)).Where(entry => entry.named)
            .Select(entry => $$"""{"errorCode":"E{{entry.reading}}","errorMessage":"no","datapointKey":"kwh","value":{{entry.reading}},"tsIso8601":"{{Instant(entry.reading)}}"}""");
        return $$$"""{"_id":"loop-{{{n}}}-{{{sendId}}}","header":{"messageId":"electricity_lu_loop_{{{n}}}_{{{sendId}}}","received_tsIso8601":"2022-10-01T00:05:00Z"},"errors":[{{{string.Join(',', errors)}}}]}""";
    }

    /// <summary>The states of a message's readings; none while the instance that was asked is away.</summary>
    private static async Task<string[]> StatesAsync(GatewayUser sender, string sendId)
    {
        using var answer = await sender.SendAsync(new HttpRequestMessage(HttpMethod.Get, new Uri($"{Send}/{sendId}", UriKind.Relative)));
        return answer.IsSuccessStatusCode
            ? [.. (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("readings").EnumerateArray().Select(reading => reading.GetProperty("state").GetString()!)]
            : [];
    }

    private static async Task<string> PushAsync(GatewayUser sender, int n)
    {
        var readings = Enumerable.Range(0, ReadingsPerMessage).Select(reading => $$"""{"datapointKey":"kwh","value":{{reading}},"tsIso8601":"{{Instant(reading)}}"}""");
        var body = $$$"""
            {"messageType":"gatewayDataUpdate","header":{"gatewayTypeUrn":"urn:esight:assets:edm:lu:electricity","gatewayUrn":"urn:esight:edm:LOOP:LU_LOOP_Elec_{{{n}}}","messageId":"electricity_lu_loop_{{{n}}}"},"gatewayData":{"datapointValues":[{{{string.Join(',', readings)}}}]}}
            """;
        var taken = await Eventually.GetAsync(
            async () =>
            {
                using var answer = await sender.PushAsync(body);
                return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<JsonElement>() : (JsonElement?)null;
            },
            answer => answer is not null,
            Patience);
        return taken!.Value.GetProperty("sendId").GetString()!;
    }

    private Task<GatewayUser> LoginAsync(Uri gateway, string user) =>
        GatewayUser.LoginAsync(gateway, Stack.ApiKeys["internal"], Stack.Users[user]);

    private async Task PutAsync(string path, string[] codes)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(Stack.Esight, path), codes);
        answer.EnsureSuccessStatusCode();
    }

    private async Task ControlAsync(object control)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Stack.Google, "/control/pubsub"), control);
        answer.EnsureSuccessStatusCode();
    }
}
