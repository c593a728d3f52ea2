using EnergyLoad.Testing.Stack;
using EnergyLoad.Testing.Telemetry;

namespace EnergyLoad.EndToEnd.Tests.Telemetry;

[Collection(ObservedStack.Name)]
public sealed class MetricTests(ObservedStack stack)
{
    private const string SendApi = "edm-sight-send-apis";
    private const string ReceiveApi = "edm-sight-receive-apis";

    [Fact]
    public async Task The_figures_of_a_day_reach_the_collector_with_their_values()
    {
        var world = new OutcomeWorld(stack);
        using var sender = await world.LoginAsync("sender");
        var day = await world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());
        await OutcomeWorld.UntilAsync(sender, sendId, "delivered");
        using var refused = await sender.PushAsync("""{"messageType":"gatewayDataUpdate"}""");
        var parked = await world.MeterAsync(known: false, ("2022-10-01T00:00:00Z", "1"));
        await OutcomeWorld.UntilAsync(sender, await OutcomeWorld.PushAsync(sender, parked.ToJson()), "parked");
        await Assert.ThrowsAsync<HttpRequestException>(() => GatewayUser.LoginAsync(
            stack.Description.SendGateway, stack.Description.ApiKeys["internal"], new StackUser("sender", "wrong and long enough")));
        await world.ReportAsync(
            $"{day.MessageId}_{sendId}",
            new { errorCode = "E1", errorMessage = "no", datapointKey = "kwh", value = 1, tsIso8601 = "2022-10-01T00:00:00Z" });
        await OutcomeWorld.UntilAsync(sender, sendId, "rejected");
        await SweepAsync();

        await ExportedAsync(SendApi, "energyload.messages.accepted", metric => metric.Value >= 1 && metric.Attributes["market"] == "lu");
        await ExportedAsync(
            SendApi, "energyload.messages.refused", metric => metric.Value >= 1 && metric.Attributes["code"] == "NoGatewayTypeUrn");
        await ExportedAsync(
            SendApi, "energyload.delivery.attempts", metric => metric.Value >= 1 && metric.Attributes["outcome"] == "Delivered");
        await ExportedAsync(SendApi, "energyload.messages.parked", metric => metric.Value >= 1);
        await ExportedAsync(SendApi, "energyload.auth.logins", metric => metric.Value >= 1 && metric.Attributes["outcome"] == "refused");
        await ExportedAsync(SendApi, "energyload.delivery.gate.state", metric => metric.Value == 0);
        await ExportedAsync(ReceiveApi, "energyload.reports", metric => metric.Value >= 1 && metric.Attributes["outcome"] == "kept");
        await ExportedAsync(ReceiveApi, "energyload.outbox.age", metric => metric.Attributes["outbox"] == "Publishing");
        foreach (var name in new[] { "energyload.messages.pending.age", "energyload.messages.dead", "energyload.search.lag", "energyload.messages.settled.lag", "energyload.error_events.quarantine.age" })
        {
            await ExportedAsync(SendApi, name, metric => metric.Value >= 0);
        }

        // One of the two takes the anchor of a minute.
        await ExportedAsync(null, "energyload.audit.chain.height", metric => metric.Value > 1);
        await ExportedAsync(SendApi, "http.server.request.duration", metric => metric.Value >= 1 && metric.Unit == "s");
        await ExportedAsync(SendApi, "http.client.request.duration", metric => metric.Value >= 1 && metric.Unit == "s");
    }

    private Task ExportedAsync(string? service, string name, Func<ExportedMetric, bool> isRight) => Eventually.GetAsync(
        () => Task.FromResult(stack.Collector.Metrics.Where(metric => metric.Name == name && (service is null || metric.Service == service)).ToList()),
        points => points.Exists(point => isRight(point)));

    private async Task SweepAsync()
    {
        using var http = new HttpClient();
        foreach (var job in new[] { "send-api-sweep", "receive-api-sweep" })
        {
            using var answer = await http.PostAsync(new Uri(stack.Description.Google, $"/control/scheduler/run?name={job}"), null);
            answer.EnsureSuccessStatusCode();
        }
    }
}
