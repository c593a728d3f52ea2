using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Tests.Hosting;

namespace EnergyLoad.SendApi.Tests.Outcomes;

/// <summary>Error events as Pub/Sub pushes them, at whatever moment they come.</summary>
public sealed class ErrorEventTests(SendWorld world) : IClassFixture<SendWorld>
{
    private const string Push = "/internal/pubsub/error-reports";
    private const string Quarantined = "SELECT COUNT(*) FROM quarantine WHERE send_id = @id";
    private readonly string _name = $"{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task A_report_before_the_first_attempt_is_recorded_proves_the_receipt_and_nothing_more_is_posted()
    {
        var id = await AcceptAsync();

        Assert.Equal(HttpStatusCode.NoContent, await PushAsync(EventOf(id.Value)));

        var status = await StatusAsync(id);
        Assert.Equal(("delivered", "RejectedByReport"), (status.State, status.Reason));
        Assert.Equal(["rejected", "delivered"], status.Readings.Select(reading => reading.State));
        Assert.DoesNotContain(await world.Rooms.DeliverAsync(), one => one.Id == id);
    }

    [Fact]
    public async Task A_report_after_the_message_has_settled_marks_its_reading_and_the_others_stay_settled()
    {
        var id = await AcceptAsync();
        await world.Rooms.DeliverAsync();
        await world.Rooms.ExecuteAsync(
            "UPDATE messages SET settles_at = UTC_TIMESTAMP(6) - INTERVAL 1 DAY WHERE id = @id", new { id = id.ToBytes() });
        Assert.Equal("settled", (await StatusAsync(id)).State);

        Assert.Equal(HttpStatusCode.NoContent, await PushAsync(EventOf(id.Value)));

        var status = await StatusAsync(id);
        Assert.Equal(("settled", "RejectedByReport"), (status.State, status.Reason));
        Assert.Equal(["rejected", "settled"], status.Readings.Select(reading => reading.State));
        Assert.Equal("E1", status.Readings[0].ErrorCode);
    }

    [Fact]
    public async Task A_report_of_an_unknown_message_waits_in_quarantine_and_is_applied_once_the_message_is_known()
    {
        var unknown = SendId.Batch(DateTimeOffset.UtcNow, 1)[0];
        Assert.Equal(HttpStatusCode.NoContent, await PushAsync(EventOf(unknown.Value)));
        await ReleaseAsync();
        Assert.Equal(1, await QuarantinedAsync(unknown));

        var id = await AcceptAsync();
        await world.Rooms.DeliverAsync();
        await world.Rooms.ExecuteAsync(
            "UPDATE messages SET id = @unknown WHERE id = @id", new { unknown = unknown.ToBytes(), id = id.ToBytes() });
        await ReleaseAsync();

        Assert.Equal(0, await QuarantinedAsync(unknown));
        Assert.Equal(["rejected", "delivered"], (await StatusAsync(unknown)).Readings.Select(reading => reading.State));
    }

    [Fact]
    public async Task The_same_event_is_applied_once_however_often_it_is_pushed_and_wherever_it_waited()
    {
        var id = await AcceptAsync();
        await world.Rooms.DeliverAsync();
        var item = EventOf(id.Value);

        for (var time = 0; time < 3; time++)
        {
            Assert.Equal(HttpStatusCode.NoContent, await PushAsync(item));
        }

        Assert.Equal(
            1, await world.Rooms.ReadAsync<int>("SELECT COUNT(*) FROM reading_errors WHERE message_id = @id", new { id = id.ToBytes() }));
        Assert.Equal(
            1, await world.Rooms.ReadAsync<int>("SELECT rejected_readings FROM messages WHERE id = @id", new { id = id.ToBytes() }));
        Assert.Equal(1, await world.Rooms.ReadAsync<int>("SELECT SUM(items) FROM incidents WHERE error_code = 'E1' AND market = @market", new { market = _name }));
    }

    [Theory]
    [InlineData("tasks-invoker")]
    [InlineData("scheduler")]
    [InlineData("send-gateway")]
    public async Task Nobody_but_Pub_Sub_may_push(string caller)
    {
        var id = await AcceptAsync();
        await world.Rooms.DeliverAsync();

        Assert.Equal(HttpStatusCode.Forbidden, await PushAsync(EventOf(id.Value), caller));

        Assert.Equal(["delivered", "delivered"], (await StatusAsync(id)).Readings.Select(reading => reading.State));
    }

    private Task<SendId> AcceptAsync() => world.Rooms.AcceptAsync(new($"electricity_{_name}_1") { Market = _name, Meter = _name });

    private async Task<MessageStatus> StatusAsync(SendId id) =>
        (await world.Rooms.Get<StatusStore>().FindAsync(id, CancellationToken.None))!;

    private Task ReleaseAsync() => world.Rooms.Get<ErrorEventProcess>().ReleaseAsync(CancellationToken.None);

    private Task<int> QuarantinedAsync(SendId id) => world.Rooms.ReadAsync<int>(Quarantined, new { id = id.ToBytes() });

    private async Task<HttpStatusCode> PushAsync(byte[] data, string caller = "pubsub-push")
    {
        using var request = await world.RequestAsync(HttpMethod.Post, Push, user: null, caller);
        request.Content = new StringContent(
            JsonSerializer.Serialize(new { message = new { data, messageId = "1" }, subscription = "s" }), Encoding.UTF8, "application/json");
        using var answer = await world.SendAsync(request);
        return answer.StatusCode;
    }

    private static byte[] EventOf(Guid sendId) => JsonSerializer.SerializeToUtf8Bytes(new
    {
        version = "1",
        eventId = Guid.NewGuid(),
        esightId = "e",
        messageId = $"electricity_lu_{sendId:D}",
        sendId,
        errorCode = "E1",
        errorMessage = "no",
        datapointKey = "kwh",
        tsIso8601 = "2022-10-01T00:00:00Z",
        receivedAt = DateTimeOffset.UtcNow,
    });
}
