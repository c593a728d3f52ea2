using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

[Collection(SharedStack.Name)]
public sealed class ErrorReportTests(RunningStack stack)
{
    [Fact]
    public async Task A_reading_that_esight_reports_is_rejected_with_esights_words_and_the_others_are_not()
    {
        using var sender = await LoginAsync("sender");
        var (sendId, outgoing) = await PushAsync(sender, "report", [("2022-10-01T00:00:00Z", "1.50"), ("2022-10-01T00:30:00Z", "2")]);

        await ReportAsync(outgoing, new { errorCode = "E7", errorMessage = "meter <b>unknown</b>", datapointKey = "kwh", value = 1.5, tsIso8601 = "2022-10-01T02:00:00+02:00" });

        var status = await Eventually.GetAsync(() => StatusAsync(sender, sendId), read => Reading(read, 0).GetProperty("state").GetString() == "rejected");
        Assert.Equal(("E7", "meter <b>unknown</b>"), (Reading(status, 0).GetProperty("errorCode").GetString(), Reading(status, 0).GetProperty("errorMessage").GetString()));
        Assert.Equal("1.50", Reading(status, 0).GetProperty("value").GetRawText());
        Assert.Equal("delivered", Reading(status, 1).GetProperty("state").GetString());
        Assert.Equal("delivered", status.GetProperty("state").GetString());
        Assert.Equal("RejectedByReport", status.GetProperty("reason").GetString());
    }

    [Fact]
    public async Task Equal_twins_are_both_rejected()
    {
        using var sender = await LoginAsync("sender");
        var (sendId, outgoing) = await PushAsync(sender, "twins", [("2022-10-01T00:00:00Z", "3"), ("2022-10-01T00:00:00Z", "3.0"), ("2022-10-01T00:00:00Z", "4")]);

        await ReportAsync(outgoing, new { errorCode = "E7", errorMessage = "twice", datapointKey = "kwh", value = 3, tsIso8601 = "2022-10-01T00:00:00Z" });

        var status = await Eventually.GetAsync(() => StatusAsync(sender, sendId), read => Reading(read, 0).GetProperty("state").GetString() == "rejected");
        Assert.Equal(["rejected", "rejected", "delivered"], Enumerable.Range(0, 3).Select(n => Reading(status, n).GetProperty("state").GetString()));
    }

    [Fact]
    public async Task A_report_that_names_every_reading_rejects_the_message_and_the_ledger_still_balances()
    {
        using var sender = await LoginAsync("sender");
        using var backoffice = await LoginAsync("backoffice");
        var (sendId, outgoing) = await PushAsync(sender, "whole", [("2022-10-01T00:00:00Z", "1")]);

        await ReportAsync(outgoing, new { errorCode = "E1", errorMessage = "no", datapointKey = "kwh", value = 1, tsIso8601 = "2022-10-01T00:00:00Z" });

        await Eventually.GetAsync(() => StatusAsync(sender, sendId), read => read.GetProperty("state").GetString() == "rejected");
        Assert.True((await backoffice.GetAsync("/api/v1/service/send/ledger")).GetProperty("balanced").GetBoolean());
    }

    private static JsonElement Reading(JsonElement status, int n) => status.GetProperty("readings")[n];

    private static Task<JsonElement> StatusAsync(GatewayUser sender, string sendId) => sender.GetAsync($"/api/v1/service/send/{sendId}");

    private Task<GatewayUser> LoginAsync(string user) =>
        GatewayUser.LoginAsync(stack.Description.SendGateway, stack.Description.ApiKeys["internal"], stack.Description.Users[user]);

    private async Task<(string SendId, string Outgoing)> PushAsync(GatewayUser sender, string name, IReadOnlyList<(string Instant, string Value)> rows)
    {
        using var http = new HttpClient();
        var day = new MeterDay(new MeterFile(name, "lu", "electricity", "E2E", $"LU_E2E_{name}"), "2022-10-01", rows);
        await http.PutAsJsonAsync(new Uri(stack.Description.Esight, "/control/sites"), new[] { day.File.SiteCode });
        await http.PutAsJsonAsync(new Uri(stack.Description.Esight, "/control/meters"), new[] { day.File.Meter });
        using var answer = await sender.PushAsync(day.ToJson());
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        var sendId = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sendId").GetString()!;
        Assert.EndsWith($"/api/v1/service/send/{sendId}", answer.Headers.Location!.ToString(), StringComparison.Ordinal);
        await Eventually.GetAsync(() => StatusAsync(sender, sendId), read => read.GetProperty("state").GetString() == "delivered");
        return (sendId, $"{day.MessageId}_{sendId}");
    }

    private async Task ReportAsync(string messageId, object error)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(new Uri(stack.Description.Esight, "/control/error-report"), new { messageId, errors = new[] { error } });
        answer.EnsureSuccessStatusCode();
    }
}
