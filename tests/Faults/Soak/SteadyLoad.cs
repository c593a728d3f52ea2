using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Faults.Tests.Runs;
using EnergyLoad.Faults.Tests.Traffic;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Soak;

/// <summary>Pushes messages at a rate, or as fast as they are answered, and reports an error of one in twenty.</summary>
internal sealed class SteadyLoad(StackDescription stack, GatewayUser sender, GatewayUser esight)
{
    private const string Receive = "/api/v1/service/receive/errorjson";
    private const int Connections = 24;
    private const int ReportEvery = 20;
    private readonly MessageMaker _maker = new($"electricity_lu_soak_{Environment.ProcessId}_");
    private int _refused;

    public Latencies Latencies { get; } = new();

    /// <summary>Answers that were not what they should be.</summary>
    public int Refused => _refused;

    public StackDescription Stack => stack;

    /// <summary>Pushes for so long; at a rate when one is given.</summary>
    public async Task RunAsync(TimeSpan duration, double? perSecond, CancellationToken cancellationToken)
    {
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, Connections).Select(connection => Task.Run(async () =>
        {
            for (var n = 0; clock.Elapsed < duration && !cancellationToken.IsCancellationRequested; n++)
            {
                await PushAsync(n % ReportEvery == 0);
                if (perSecond is { } rate)
                {
                    // Each connection keeps its own time table: a slow answer is followed by faster pushes, not by fewer.
                    var due = TimeSpan.FromSeconds((((double)n + 1) * Connections / rate) + (connection / rate));
                    await Task.Delay(due > clock.Elapsed ? due - clock.Elapsed : TimeSpan.Zero, CancellationToken.None);
                }
            }
        })));
    }

    private async Task PushAsync(bool reported)
    {
        var push = _maker.Next();
        var started = Stopwatch.GetTimestamp();
        using var answer = await sender.PushAsync(push.Body);
        Latencies.Add(Stopwatch.GetElapsedTime(started));
        if (answer.StatusCode != HttpStatusCode.Accepted)
        {
            Interlocked.Increment(ref _refused);
        }
        else if (reported)
        {
            var sendId = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sendId").GetString();
            using var request =
                new HttpRequestMessage(HttpMethod.Post, new Uri(Receive, UriKind.Relative)) { Content = JsonContent.Create(new
            {
                _id = $"soak-{push.MessageId}",
                header = new { messageId = $"{push.MessageId}_{sendId}" },
                errors = new[] { new { errorCode = "E1", errorMessage = "soak", datapointKey = "kwh" } },
            }) };
            using var kept = await esight.SendAsync(request);
            Interlocked.Add(ref _refused, kept.StatusCode == HttpStatusCode.Created ? 0 : 1);
        }
    }
}
