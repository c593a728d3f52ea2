using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.SendApi.Tests;

/// <summary>
/// What the service that this one replaces got wrong, each held here for good; docs/original-defects.md names the tests of all.
/// </summary>
public sealed class OriginalDefectTests : IAsyncLifetime
{
    private const string Meter = "LU_VPC_Elec_4";
    private readonly SendWorld _world = new();
    private readonly string _messageId = $"electricity_lu_{Guid.NewGuid():n}";
    private SmallESight? _esight;

    private SmallESight ESight => _esight!;

    public async Task InitializeAsync()
    {
        _esight = await SmallESight.StartAsync();
        foreach (var (key, value) in ESight.Settings)
        {
            _world.Rooms.Settings[key] = value;
        }

        _world.Rooms.Settings["ESight:TimeoutSeconds"] = "1";
        _world.Rooms.Settings["Delivery:FirstDelayMilliseconds"] = "10";
        await _world.InitializeAsync();
    }

    public async Task DisposeAsync()
    {
        await _world.DisposeAsync();
        await ESight.DisposeAsync();
    }

    [Fact]
    public async Task The_last_reading_of_a_message_is_in_the_books()
    {
        var sendId = await PushAsync(Sample.Message(_messageId, Meter, last: "2022-10-01T23:30:00Z"));

        var status = await UntilAsync(sendId, "delivered");

        Assert.Equal(
            ["2022-10-01T00:00:00Z delivered", "2022-10-01T23:30:00Z delivered"],
            status.GetProperty("readings").EnumerateArray().Select(
                reading => $"{reading.GetProperty("tsIso8601")} {reading.GetProperty("state")}"));
        var readings = (await _world.GetAsync($"{SendWorld.Send}/ledger")).GetProperty("total").GetProperty("readings");
        Assert.Equal((2, 2), (readings.GetProperty("accepted").GetInt32(), readings.GetProperty("delivered").GetInt32()));
    }

    [Fact]
    public async Task What_goes_out_carries_the_send_id_and_nothing_else_that_is_new()
    {
        var body = Sample.Message(_messageId, Meter);
        var sendId = await PushAsync(body);

        await UntilAsync(sendId, "delivered");

        Assert.Equal(
            body.Replace(_messageId, $"{_messageId}_{sendId}", StringComparison.Ordinal),
            Encoding.UTF8.GetString(Assert.Single(ESight.Received)));
    }

    [Fact]
    public async Task An_unknown_site_is_said_and_its_message_waits()
    {
        ESight.Sites = ["LU_OTHER"];

        var sendId = await PushAsync(Sample.Message(_messageId, Meter));

        var status = await UntilAsync(sendId, "parked");
        Assert.Equal("NoSiteId", status.GetProperty("reason").GetString());
        Assert.Empty(ESight.Received);
    }

    [Fact]
    public async Task A_broken_connection_is_no_status_and_any_status_has_a_meaning()
    {
        foreach (var answer in new[] { SmallESight.Cut, 502, 299 })
        {
            ESight.Answers.Enqueue(answer);
        }

        var sendId = await PushAsync(Sample.Message(_messageId, Meter));

        var status = await UntilAsync(sendId, "delivered");
        Assert.Equal(
            ["unknown", "retry", "delivered"], status.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("outcome").GetString()));
        foreach (var code in Enumerable.Range(100, 900))
        {
            var verdict = Verdict.Of(new ESightAnswer.Answered((HttpStatusCode)code, null), afterUnknown: false);
            Assert.Equal(code, verdict.Status);
        }
    }

    [Fact]
    public async Task A_post_that_esight_never_answers_ends_by_itself_and_is_tried_again_by_itself()
    {
        ESight.Answers.Enqueue(SmallESight.Silence);

        var sendId = await PushAsync(Sample.Message(_messageId, Meter));

        var status = await UntilAsync(sendId, "delivered");
        Assert.Equal(
            ["unknown", "delivered"], status.GetProperty("attempts").EnumerateArray().Select(attempt => attempt.GetProperty("outcome").GetString()));
        Assert.Equal(2, ESight.Received.Count);
    }

    [Fact]
    public async Task A_request_without_a_User_Agent_is_served()
    {
        Assert.Empty(_world.Http.DefaultRequestHeaders.UserAgent);

        await PushAsync(Sample.Message(_messageId, Meter));

        foreach (var path in new[] { "/health", "/user", SendWorld.Send, "/reasons" })
        {
            using var answer = await _world.SendAsync(HttpMethod.Get, path);
            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
        }
    }

    [Fact]
    public async Task A_sender_manages_no_users_and_an_ordinary_user_sends_nothing()
    {
        using var made = await _world.SendAsync(
            HttpMethod.Post, "/api/v1/management/users/user", "sender", new { username = "new", password = $"{Guid.NewGuid():n}", type = "sender" });
        using var pushed = await _world.SendAsync(HttpMethod.Post, SendWorld.Send, "user", new { });

        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.Forbidden), (made.StatusCode, pushed.StatusCode));
    }

    [Fact]
    public async Task A_fault_tells_its_id_and_nothing_else()
    {
        var sendId = await PushAsync(Sample.Message(_messageId, Meter));
        await _world.Rooms.ExecuteAsync("RENAME TABLE attempts TO attempts_gone");

        using var answer = await _world.SendAsync(HttpMethod.Get, $"{SendWorld.Send}/{sendId}");

        var body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(
            (HttpStatusCode.InternalServerError, "application/problem+json"),
            (answer.StatusCode, answer.Content.Headers.ContentType!.MediaType));
        Assert.DoesNotContain("attempts", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_whose_audit_row_cannot_be_written_does_not_happen()
    {
        var sendId = await PushAsync(Sample.Message(_messageId, Meter));
        await _world.Rooms.ExecuteAsync("""
            CREATE TRIGGER no_audit BEFORE INSERT ON access_log FOR EACH ROW SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'full'
            """);

        using var refused = await _world.SendAsync(HttpMethod.Post, $"{SendWorld.Send}/{sendId}/cancel");

        Assert.InRange((int)refused.StatusCode, 500, 599);
        Assert.Equal("accepted", (await _world.GetAsync($"{SendWorld.Send}/{sendId}", "sender")).GetProperty("state").GetString());
        await _world.Rooms.ExecuteAsync("DROP TRIGGER no_audit");
        using var cancelled = await _world.SendAsync(HttpMethod.Post, $"{SendWorld.Send}/{sendId}/cancel");
        Assert.Equal(HttpStatusCode.OK, cancelled.StatusCode);
    }

    private async Task<string> PushAsync(string body)
    {
        using var answer = await _world.PushAsync(body);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await SendWorld.JsonAsync(answer)).GetProperty("sendId").GetString()!;
    }

    /// <summary>Wakes the delivery, as Cloud Tasks would, until the message has come so far.</summary>
    private Task<JsonElement> UntilAsync(string sendId, string state) => Eventually.GetAsync(
        async () =>
        {
            using var request = await _world.RequestAsync(HttpMethod.Post, DeliveryEndpoints.DrainPath, user: null, "tasks-invoker");
            using var answer = await _world.SendAsync(request);
            answer.EnsureSuccessStatusCode();
            return await _world.GetAsync($"{SendWorld.Send}/{sendId}", "sender");
        },
        status => status.GetProperty("state").GetString() == state);
}
