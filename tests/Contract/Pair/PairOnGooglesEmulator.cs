using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Contract.Tests.Suites;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Contract.Tests.Pair;

/// <summary>receive-api's publisher and send-api's push endpoint, as they are deployed, with Google's emulator between them.</summary>
[NeedsPubSubEmulator]
[Trait("Category", "Contract")]
public sealed class PairOnGooglesEmulator(EmulatedPubSubStack stack) : IClassFixture<EmulatedPubSubStack>
{
    private const string Site = "LU_EMUL";
    private readonly string _name = $"{Guid.NewGuid():n}"[..10];

    private StackDescription Stack => stack.Description;

    [ContractFact]
    public async Task An_error_report_of_eSights_marks_its_reading()
    {
        using var sender = await LoginAsync();
        var (sendId, messageId) = await DeliverAsync(sender);

        await ReportAsync($"{messageId}_{sendId}", "E1");

        var status = await UntilAsync(sender, sendId, "rejected");
        Assert.Equal("E1", status.GetProperty("readings")[0].GetProperty("errorCode").GetString());
    }

    [ContractFact]
    public async Task A_push_that_fails_comes_again_until_it_is_applied()
    {
        using var sender = await LoginAsync();
        var (sendId, messageId) = await DeliverAsync(sender);
        stack.Relay.RefuseNext(2);

        await ReportAsync($"{messageId}_{sendId}", "E2");

        await UntilAsync(sender, sendId, "rejected");
        Assert.Contains((int)HttpStatusCode.ServiceUnavailable, stack.Relay.Answers);
    }

    [ContractFact]
    public async Task A_push_that_comes_more_than_once_is_applied_once_and_acknowledged_each_time()
    {
        using var sender = await LoginAsync();
        var (sendId, messageId) = await DeliverAsync(sender);
        var code = $"E{_name}";
        stack.Relay.Answers.Clear();
        stack.Relay.RepeatNext(2);

        await ReportAsync($"{messageId}_{sendId}", code);

        await UntilAsync(sender, sendId, "rejected");
        await Eventually.GetAsync(() => Task.FromResult(stack.Relay.Answers.Count), pushes => pushes >= 3);
        Assert.All(stack.Relay.Answers, status => Assert.Equal((int)HttpStatusCode.NoContent, status));
        using var admin = await GatewayUser.LoginAsync(Stack.SendGateway, Stack.ApiKeys["internal"], Stack.Users["admin"]);
        var incidents = await admin.GetAsync("/api/v1/service/send/incidents");
        var incident = Assert.Single(
            incidents.GetProperty("items").EnumerateArray(), one => one.GetProperty("errorCode").GetString() == code);
        Assert.Equal(1, incident.GetProperty("count").GetInt32());
    }

    [ContractFact]
    public async Task What_is_no_event_lies_with_the_dead_letters_and_blocks_nothing()
    {
        using var sender = await LoginAsync();
        var (sendId, messageId) = await DeliverAsync(sender);
        await stack.PublishAsync("not JSON"u8.ToArray());

        await ReportAsync($"{messageId}_{sendId}", "E4");

        await UntilAsync(sender, sendId, "rejected");
        var letters = await Eventually.GetAsync(stack.PullDeadLettersAsync, pulled => pulled.Count > 0);
        Assert.Equal("NotAnEvent", letters[0].GetProperty("attributes").GetProperty("reason").GetString());
        Assert.Equal("not JSON"u8.ToArray(), letters[0].GetProperty("data").GetBytesFromBase64());
    }

    private Task<GatewayUser> LoginAsync() => GatewayUser.LoginAsync(Stack.SendGateway, Stack.ApiKeys["internal"], Stack.Users["sender"]);

    private async Task<(string SendId, string MessageId)> DeliverAsync(GatewayUser sender)
    {
        var (meter, messageId) = ($"{Site}_{_name}", $"electricity_lu_{_name}");
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(Stack.Esight, "/control/sites"), new[] { Site });
        await http.PutAsJsonAsync(new Uri(Stack.Esight, "/control/meters"), new[] { meter });
        using var pushed = await sender.PushAsync(string.Create(CultureInfo.InvariantCulture, $$$"""
            {"messageType":"gatewayDataUpdate","header":{"gatewayTypeUrn":"urn:esight:assets:edm:lu:electricity","gatewayUrn":"urn:esight:edm:EMUL:{{{meter}}}","messageId":"{{{messageId}}}"},
             "gatewayData":{"datapointValues":[{"datapointKey":"kwh","value":1.5,"tsIso8601":"2022-10-01T00:00:00Z"}]}}
            """));
        Assert.Equal(HttpStatusCode.Accepted, pushed.StatusCode);
        var sendId = (await pushed.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sendId").GetString()!;
        await UntilAsync(sender, sendId, "delivered");
        return (sendId, messageId);
    }

    private async Task ReportAsync(string messageId, string errorCode)
    {
        using var http = new HttpClient();
        var errors =
            new[] { new { errorCode, errorMessage = "no", datapointKey = "kwh", value = 1.5, tsIso8601 = "2022-10-01T00:00:00Z" } };
        using var answer = await http.PostAsJsonAsync(new Uri(Stack.Esight, "/control/error-report"), new { messageId, errors });
        answer.EnsureSuccessStatusCode();
    }

    private static Task<JsonElement> UntilAsync(GatewayUser sender, string sendId, string state) => Eventually.GetAsync(
        () => sender.GetAsync($"/api/v1/service/send/{sendId}"), status => status.GetProperty("state").GetString() == state);
}
