using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

[Collection(SharedStack.Name)]
public sealed class ErrorReportTests(RunningStack stack)
{
    private readonly OutcomeWorld _world = new(stack);

    [Fact]
    public async Task A_reading_that_esight_reports_is_rejected_with_esights_words_and_the_others_are_not()
    {
        using var sender = await _world.LoginAsync("sender");
        var (sendId, outgoing) = await PushAsync(sender, ("2022-10-01T00:00:00Z", "1.50"), ("2022-10-01T00:30:00Z", "2"));

        await _world.ReportAsync(
            outgoing,
            new { errorCode = "E7", errorMessage = "meter <b>unknown</b>", datapointKey = "kwh", value = 1.5, tsIso8601 = "2022-10-01T02:00:00+02:00" });

        var status = await FirstRejectedAsync(sender, sendId);
        Assert.Equal(("E7", "meter <b>unknown</b>"), (Text(Reading(status, 0), "errorCode"), Text(Reading(status, 0), "errorMessage")));
        Assert.Equal("1.50", Reading(status, 0).GetProperty("value").GetRawText());
        Assert.Equal("delivered", Text(Reading(status, 1), "state"));
        Assert.Equal(("delivered", "RejectedByReport"), (Text(status, "state"), Text(status, "reason")));
    }

    [Fact]
    public async Task Equal_twins_are_both_rejected()
    {
        using var sender = await _world.LoginAsync("sender");
        var (sendId, outgoing) = await PushAsync(
            sender, ("2022-10-01T00:00:00Z", "3"), ("2022-10-01T00:00:00Z", "3.0"), ("2022-10-01T00:00:00Z", "4"));

        await _world.ReportAsync(
            outgoing, new { errorCode = "E7", errorMessage = "twice", datapointKey = "kwh", value = 3, tsIso8601 = "2022-10-01T00:00:00Z" });

        var status = await FirstRejectedAsync(sender, sendId);
        Assert.Equal(["rejected", "rejected", "delivered"], Enumerable.Range(0, 3).Select(n => Text(Reading(status, n), "state")));
    }

    [Fact]
    public async Task A_report_that_names_every_reading_rejects_the_message_and_the_ledger_still_balances()
    {
        using var sender = await _world.LoginAsync("sender");
        using var backoffice = await _world.LoginAsync("backoffice");
        var (sendId, outgoing) = await PushAsync(sender, ("2022-10-01T00:00:00Z", "1"));

        await _world.ReportAsync(
            outgoing, new { errorCode = "E1", errorMessage = "no", datapointKey = "kwh", value = 1, tsIso8601 = "2022-10-01T00:00:00Z" });

        await OutcomeWorld.UntilAsync(sender, sendId, "rejected");
        Assert.True((await backoffice.GetAsync($"{OutcomeWorld.Send}/ledger")).GetProperty("balanced").GetBoolean());
    }

    private static JsonElement Reading(JsonElement status, int n) => status.GetProperty("readings")[n];

    private static string? Text(JsonElement json, string member) => json.GetProperty(member).GetString();

    private static Task<JsonElement> FirstRejectedAsync(GatewayUser sender, string sendId) => Eventually.GetAsync(
        () => sender.GetAsync($"{OutcomeWorld.Send}/{sendId}"), status => Text(Reading(status, 0), "state") == "rejected");

    private async Task<(string SendId, string Outgoing)> PushAsync(GatewayUser sender, params (string Instant, string Value)[] rows)
    {
        var day = await _world.MeterAsync(known: true, rows);
        using var answer = await sender.PushAsync(day.ToJson());
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var sendId = Text(await answer.Content.ReadFromJsonAsync<JsonElement>(), "sendId")!;
        Assert.EndsWith($"{OutcomeWorld.Send}/{sendId}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        await OutcomeWorld.UntilAsync(sender, sendId, "delivered");
        return (sendId, $"{day.MessageId}_{sendId}");
    }
}
