using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;
using EnergyLoad.Testing.Telemetry;

namespace EnergyLoad.EndToEnd.Tests.Telemetry;

[Collection(ObservedStack.Name)]
public sealed class TraceTests(ObservedStack stack)
{
    private const string SendApi = "edm-sight-send-apis";
    private const string ReceiveApi = "edm-sight-receive-apis";

    [Fact]
    public async Task One_trace_shows_push_commit_delivery_and_error_report_over_both_services()
    {
        var world = new OutcomeWorld(stack);
        using var sender = await world.LoginAsync("sender");
        var day = await world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1.5"));
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());
        await OutcomeWorld.UntilAsync(sender, sendId, "delivered");

        await world.ReportAsync(
            $"{day.MessageId}_{sendId}", new { errorCode = "E1", errorMessage = "no", datapointKey = "kwh", value = 1.5, tsIso8601 = "2022-10-01T00:00:00Z" });
        await OutcomeWorld.UntilAsync(sender, sendId, "rejected");

        (string, string)[] story =
            [(SendApi, "push"), (SendApi, "commit"), (SendApi, "deliver"), (ReceiveApi, "error report"), (SendApi, "apply error event")];
        var trace = sendId.Replace("-", "", StringComparison.Ordinal);
        var spans = await Eventually.GetAsync(
            () => Task.FromResult(stack.Collector.Spans.Where(span => span.TraceId == trace).ToList()),
            found => story.All(step => found.Exists(span => (span.Service, span.Name) == step)));

        // What was posted to e-Sight is part of the trace too.
        Assert.Contains(spans, span => span.Service == SendApi && span.Name.StartsWith("POST", StringComparison.Ordinal));
        Assert.All(
            spans.Where(span => story.Contains((span.Service, span.Name))),
            span => Assert.Equal(sendId, span.Attributes["energyload.send_id"]));
    }

    [Fact]
    public async Task The_senders_own_trace_and_the_messages_are_tied_to_each_other_and_a_batch_shares_its_commit()
    {
        const string senders = "4bf92f3577b34da6a3ce929d0e0e4736";
        var world = new OutcomeWorld(stack);
        using var sender = await world.LoginAsync("sender");
        var first = await world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri("/api/v1/service/send/", UriKind.Relative));
        request.Content = new StringContent(
            $"[{first.ToJson()},{(first with { Day = "2022-10-02" }).ToJson()}]", Encoding.UTF8, "application/json");
        request.Headers.Add("traceparent", $"00-{senders}-00f067aa0ba902b7-01");
        using var answer = await sender.SendAsync(request);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var items = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("items");
        var traces = items.EnumerateArray()
            .Select(item => item.GetProperty("sendId").GetString()!.Replace("-", "", StringComparison.Ordinal)).ToArray();

        var pushes = await SpansAsync(span => span.Name == "push" && traces.Contains(span.TraceId), 2);
        Assert.All(pushes, push => Assert.Equal([senders], push.LinkedTraces));
        var posts = await SpansAsync(span => span.TraceId == senders && span.Name == "POST /api/v1/service/send", 1);
        Assert.Equal(traces.Order(), posts[0].LinkedTraces.Order());
        var commits = await SpansAsync(span => span.Name == "commit" && traces.Contains(span.TraceId), 2);
        Assert.Equal(2, commits.Select(commit => commit.SpanId).Distinct().Count());
        var batches = commits.Select(commit => commit.LinkedTraces.Single()).Distinct().ToArray();
        var shared = await SpansAsync(span => span.Name == "commit batch" && batches.Contains(span.TraceId), batches.Length);
        Assert.All(shared, batch => Assert.Contains(senders, batch.LinkedTraces));
    }

    private Task<List<ExportedSpan>> SpansAsync(Func<ExportedSpan, bool> wanted, int count) => Eventually.GetAsync(
        () => Task.FromResult(stack.Collector.Spans.Where(wanted).ToList()), found => found.Count >= count);
}
