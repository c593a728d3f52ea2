using System.Net;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Telemetry;

/// <summary>What the running pair writes to stdout, as Cloud Logging takes it.</summary>
[Collection(SharedStack.Name)]
public sealed class LogTests(RunningStack stack)
{
    [Fact]
    public async Task A_refused_push_leaves_one_line_with_its_user_its_message_and_its_request()
    {
        var world = new OutcomeWorld(stack);
        using var sender = await world.LoginAsync("sender");
        var day = await world.MeterAsync(known: true, ("2022-10-01T00:00:00Z", "1"));
        var sendId = await OutcomeWorld.PushAsync(sender, day.ToJson());
        using var conflict = await sender.PushAsync((day with { Rows = [("2022-10-01T00:00:00Z", "2")] }).ToJson());
        Assert.Equal(HttpStatusCode.Conflict, conflict.StatusCode);
        var user = await sender.GetAsync("/user");

        var line = Assert.Single(await LinesAsync("send-api-1.log", line => IsRequest(line) && Text(line, "messageId") == day.MessageId));

        Assert.Equal((user.GetProperty("id").GetString(), sendId), (Text(line, "user"), Text(line, "sendId")));
        var request = line.GetProperty("httpRequest");
        Assert.Equal(
            (409, "POST", "/api/v1/service/send/"),
            (request.GetProperty("status").GetInt32(), Text(request, "requestMethod"), Text(request, "requestUrl")));
    }

    [Fact]
    public async Task A_line_about_an_error_report_of_an_unknown_message_says_which()
    {
        var world = new OutcomeWorld(stack);
        var sendId = Guid.CreateVersion7();
        var messageId = $"electricity_lu_nobodys_{sendId:D}";

        await world.ReportAsync(
            messageId, new { errorCode = "E1", errorMessage = "no", datapointKey = "kwh", value = 1, tsIso8601 = "2022-10-01T00:00:00Z" });

        var line = (await LinesAsync("send-api-1.log", line => Text(line, "messageId") == messageId))[0];
        Assert.Equal((3111, sendId.ToString("D")), (line.GetProperty("eventId").GetInt32(), Text(line, "sendId")));
    }

    private Task<List<JsonElement>> LinesAsync(string log, Func<JsonElement, bool> wanted) => Eventually.GetAsync(
        async () => (await File.ReadAllLinesAsync(Path.Combine(stack.Logs, log))).Where(line => line.StartsWith('{') && line.EndsWith('}'))
            .Select(line => JsonElement.Parse(line)).Where(wanted).ToList(),
        found => found.Count > 0);

    private static bool IsRequest(JsonElement line) => line.TryGetProperty("httpRequest", out _);

    private static string? Text(JsonElement line, string name) => line.TryGetProperty(name, out var text) ? text.GetString() : null;
}
