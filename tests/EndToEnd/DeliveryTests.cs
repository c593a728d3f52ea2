using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

[Collection(SharedStack.Name)]
public sealed class DeliveryTests(RunningStack stack) : IAsyncLifetime, IDisposable
{
    private const string Send = "/api/v1/service/send";

    // One for each name that a test gives its day. All are made known at once: send-api reads the lists no more often than every two
    // seconds.
    private static readonly string[] Names =
    [
        "again", "batch", "gzip", "validate", "retry", "unknown", "conflict", "order",
        "judged400", "judged413", "judged422", "blocked401", "blocked404", "blocked302",
    ];

    private readonly HttpClient _http = new();
    private GatewayUser _sender = null!;

    public async Task InitializeAsync()
    {
        _sender = await GatewayUser.LoginAsync(
            stack.Description.SendGateway, stack.Description.ApiKeys["internal"], stack.Description.Users["sender"]);
        await ForgetBehaviourAsync();
        await PutAsync("/control/sites", ["LU_E2E"]);
        await PutAsync("/control/meters", [.. Names.Select(MeterOf)]);
    }

    public Task DisposeAsync() => ForgetBehaviourAsync();

    public void Dispose()
    {
        _sender.Dispose();
        _http.Dispose();
    }

    [Fact]
    public async Task The_same_bytes_again_are_a_duplicate_and_other_bytes_a_conflict()
    {
        var day = DayOf("again");

        var first = await PushAsync(day.ToJson());
        using var same = await _sender.PushAsync(day.ToJson());
        using var other = await _sender.PushAsync(day.ToJson() + " ");
        using var changed = await _sender.PushAsync(day.ToJson().Replace("\"value\":1", "\"value\":2", StringComparison.Ordinal));

        Assert.Equal(
            [HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Conflict],
            new[] { same.StatusCode, other.StatusCode, changed.StatusCode });
        var duplicate = await same.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((first, true), (duplicate.GetProperty("sendId").GetString(), duplicate.GetProperty("duplicate").GetBoolean()));
        Assert.Single(await ReceivedAsync($"{day.MessageId}_{first}", 1));
    }

    [Fact]
    public async Task A_batch_is_answered_item_by_item()
    {
        var day = DayOf("batch");
        var second = day.ToJson().Replace(day.MessageId, day.MessageId + "_2", StringComparison.Ordinal);

        using var array = await _sender.PushAsync($"[{day.ToJson()},{{}},{day.ToJson()}]");
        using var lines = await _sender.PushAsync($"{second}\n{day.ToJson()}\n", "application/x-ndjson");

        var items = await array.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(HttpStatusCode.MultiStatus, array.StatusCode);
        Assert.Equal([202, 422, 200], items.GetProperty("items").EnumerateArray().Select(item => item.GetProperty("status").GetInt32()));
        Assert.Equal((1, 1, 1), (Count(items, "accepted"), Count(items, "duplicates"), Count(items, "refused")));
        Assert.Equal(HttpStatusCode.Accepted, lines.StatusCode);

        static int Count(JsonElement result, string name) => result.GetProperty(name).GetInt32();
    }

    [Fact]
    public async Task A_gzip_body_is_taken_and_an_inflated_one_is_not()
    {
        var day = DayOf("gzip");

        Assert.Equal(HttpStatusCode.Accepted, await PushGzipAsync(Encoding.UTF8.GetBytes(day.ToJson())));
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PushGzipAsync(new byte[64 * 1024 * 1024]));
    }

    [Fact]
    public async Task What_only_asks_is_not_kept()
    {
        var day = DayOf("validate");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{Send}/?validateOnly=true", UriKind.Relative))
        {
            Content = new StringContent(day.ToJson(), Encoding.UTF8, "application/json"),
        };

        using var answer = await _sender.SendAsync(request);

        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        Assert.True((await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("valid").GetBoolean());
        using var pushed = await _sender.PushAsync(day.ToJson());
        Assert.Equal(HttpStatusCode.Accepted, pushed.StatusCode);
    }

    [Fact]
    public async Task A_message_that_esight_could_not_take_is_tried_again_under_the_same_id()
    {
        var day = DayOf("retry");
        await BehaveAsync(new { status = 503, match = day.MessageId, times = 2 });

        var sendId = await PushAsync(day.ToJson());

        var status = await StatusAsync(sendId, "delivered");
        Assert.Equal(["retry", "retry", "delivered"], Attempts(status, "outcome"));
        Assert.Equal(["ServiceUnavailable", "ServiceUnavailable", "Success"], Attempts(status, "reason"));
        Assert.Equal(3, (await ReceivedAsync($"{day.MessageId}_{sendId}", 3)).Count);
    }

    [Fact]
    public async Task An_attempt_without_an_answer_is_unknown_and_repeated()
    {
        var day = DayOf("unknown");
        await BehaveAsync(new { drop = "beforeAnswer", match = day.MessageId, times = 1 });

        var status = await StatusAsync(await PushAsync(day.ToJson()), "delivered");

        Assert.Equal(["unknown", "delivered"], Attempts(status, "outcome"));
    }

    [Fact]
    public async Task A_409_after_an_unanswered_attempt_says_that_esight_has_the_message()
    {
        var day = DayOf("conflict");
        await BehaveAsync(new { status = 409, match = day.MessageId });
        await BehaveAsync(new { drop = "beforeAnswer", match = day.MessageId, times = 1 });

        var status = await StatusAsync(await PushAsync(day.ToJson()), "delivered");

        Assert.Equal("DeliveredBefore", status.GetProperty("reason").GetString());
    }

    [Theory]
    [InlineData(400, "BadRequest")]
    [InlineData(413, "RequestEntityTooLarge")]
    [InlineData(422, "UnprocessableEntity")]
    public async Task Content_that_esight_judged_is_rejected_and_not_repeated(int code, string reason)
    {
        var day = DayOf($"judged{code}");
        await BehaveAsync(new { status = code, match = day.MessageId });

        var status = await StatusAsync(await PushAsync(day.ToJson()), "rejected");

        Assert.Equal(reason, status.GetProperty("reason").GetString());
        Assert.Equal(["rejected"], Attempts(status, "outcome"));
        Assert.All(
            status.GetProperty("readings").EnumerateArray(), reading => Assert.Equal("rejected", reading.GetProperty("state").GetString()));
    }

    [Theory]
    [InlineData(401, "Unauthorized")]
    [InlineData(404, "NotFound")]
    [InlineData(302, "UnexpectedStatus")]
    public async Task A_fault_of_our_own_holds_the_delivery_and_loses_nothing(int code, string reason)
    {
        var day = DayOf($"blocked{code}");
        await BehaveAsync(new { status = code, match = day.MessageId, times = 1 });

        var status = await StatusAsync(await PushAsync(day.ToJson()), "delivered");

        Assert.Equal(["blocked", "delivered"], Attempts(status, "outcome"));
        Assert.Equal(reason, Attempts(status, "reason")[0]);
    }

    [Fact]
    public async Task A_message_of_an_unknown_meter_is_parked_and_released_when_esight_has_the_meter()
    {
        var day = new MeterDay(
            new MeterFile("parked", "lu", "electricity", "E2E", "LU_E2E_Parked"), "2022-10-01", [("2022-10-01T00:00:00Z", "1")]);
        await PutAsync("/control/meters", ["LU_E2E_Other"]);
        var sendId = await PushAsync(day.ToJson());
        Assert.Equal("NoMeterId", (await StatusAsync(sendId, "parked")).GetProperty("reason").GetString());

        await PutAsync("/control/meters", [day.File.Meter]);

        Assert.Equal(["delivered"], Attempts(await StatusAsync(sendId, "delivered"), "outcome"));
    }

    [Fact]
    public async Task A_correction_never_overtakes_the_older_message_that_it_corrects()
    {
        var day = DayOf("order");
        var (correction, other) = (Renamed(day, "_correction"), Renamed(day, "_other"));
        await BehaveAsync(new { status = 503, match = $"{day.MessageId}_0", times = 2 });

        var first = await PushAsync(day.ToJson());
        var second = await PushAsync(correction);
        var third = await PushAsync(other.Replace("2022-10-01T", "2022-10-02T", StringComparison.Ordinal));

        await StatusAsync(second, "delivered");
        await StatusAsync(third, "delivered");
        var received = await ReceivedAsync(day.MessageId, 5);
        var order = received.Where(line => line.Status == 200).Select(line => line.MessageId).ToArray();
        Assert.True(Array.FindIndex(order, id => id.EndsWith(first, StringComparison.Ordinal)) < Array.FindIndex(order, id => id.EndsWith(second, StringComparison.Ordinal)));
        Assert.Single(received, line => line.MessageId.EndsWith(second, StringComparison.Ordinal));
    }

    private static string Renamed(MeterDay day, string suffix) =>
        day.ToJson().Replace(day.MessageId, day.MessageId + suffix, StringComparison.Ordinal);

    private static string[] Attempts(JsonElement status, string member) =>
        [.. status.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty(member).GetString()!)];

    private static string MeterOf(string name) => $"LU_E2E_{name}";

    private static MeterDay DayOf(string name)
    {
        Assert.Contains(name, Names);
        return new MeterDay(
            new MeterFile(name, "lu", "electricity", "E2E", MeterOf(name)), "2022-10-01", [("2022-10-01T00:00:00Z", "1"), ("2022-10-01T00:30:00Z", "0.5")]);
    }

    private async Task<string> PushAsync(string body)
    {
        using var answer = await _sender.PushAsync(body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sendId").GetString()!;
    }

    private async Task<HttpStatusCode> PushGzipAsync(byte[] body)
    {
        using var compressed = new MemoryStream();
        await using (var gzip = new GZipStream(compressed, CompressionLevel.Fastest, leaveOpen: true))
        {
            await gzip.WriteAsync(body);
        }

        using var content = new ByteArrayContent(compressed.ToArray());
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        content.Headers.ContentEncoding.Add("gzip");
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(Send, UriKind.Relative)) { Content = content };
        using var answer = await _sender.SendAsync(request);
        return answer.StatusCode;
    }

    private Task<JsonElement> StatusAsync(string sendId, string state) =>
        Eventually.GetAsync(() => _sender.GetAsync($"{Send}/{sendId}"), status => status.GetProperty("state").GetString() == state);

    private Task<List<Received>> ReceivedAsync(string messageId, int least) => Eventually.GetAsync(
        async () =>
        {
            var lines = await _http.GetStringAsync(new Uri(stack.Description.Esight, "/control/messages"));
            return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .Select(line => JsonSerializer.Deserialize<Received>(line, JsonSerializerOptions.Web)!)
                .Where(line => line.MessageId.StartsWith(messageId, StringComparison.Ordinal)).ToList();
        },
        lines => lines.Count >= least);

    private async Task BehaveAsync(object rule)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(stack.Description.Esight, "/control/behaviour"), rule);
        answer.EnsureSuccessStatusCode();
    }

    private async Task ForgetBehaviourAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri(stack.Description.Esight, "/control/behaviour"));
        answer.EnsureSuccessStatusCode();
    }

    private async Task PutAsync(string path, string[] codes)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(stack.Description.Esight, path), codes);
        answer.EnsureSuccessStatusCode();
    }

    private sealed record Received(string MessageId, int Status);
}
