using System.Collections.Concurrent;
using System.Text.Json;
using EnergyLoad.Audit;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes.Cancelling;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.SendApi.Tests.Delivery;

namespace EnergyLoad.SendApi.Tests.Publishing;

public sealed class PublishingTests(OneInstance world) : IClassFixture<OneInstance>
{
    private const string CountRows = "SELECT COUNT(*) FROM send_outbox";
    private static readonly ConcurrentQueue<(JsonElement Data, JsonElement Attributes)> Events = new();
    private readonly string _name = $"electricity_lu_{Guid.NewGuid():n}"[..24];

    [Fact]
    public async Task A_delivered_message_leaves_one_row_and_one_event_for_each_reading_with_the_columns_of_the_dashboards()
    {
        var id = await world.AcceptAsync(
            new(_name) { Readings = [("2022-10-01T00:00:00+02:00", "1.50"), ("2022-10-01T00:30:00+02:00", "2e1")] });

        await world.DrainAsync();
        Assert.Equal(1, await world.ReadAsync<int>(CountRows));
        await world.PublishAsync();

        Assert.Equal(0, await world.ReadAsync<int>(CountRows));
        var events = await EventsAsync(id);
        Assert.Equal(["1.50", "2e1"], events.Select(one => Text(one.Data, "value")));
        var (data, attributes) = events[0];
        Assert.Equal(
            ("esight-delivery", "1", "delivered"), (Text(attributes, "type"), Text(attributes, "version"), Text(attributes, "state")));
        Assert.Equal(Text(data, "eventId"), Text(attributes, "eventId"));
        Assert.Equal(
            (id.ToString(), id.ToString(), _name, _name),
            (Text(data, "sendId"), Text(data, "uuid"), Text(data, "messageId"), Text(data, "message_id")));
        Assert.Equal(
            ("Success", "SynchronousResponse", 200),
            (Text(data, "e_sight_response"), Text(data, "e_sight_response_type"), data.GetProperty("status").GetInt32()));
        Assert.Equal(
            ("electricity", "lu", "VPC", DeliveryWorld.Meter),
            (Text(data, "data_feed_type"), Text(data, "local_market"), Text(data, "site_id"), Text(data, "meter_id")));
        Assert.Equal($"urn:esight:assets:edm:lu:electricity|urn:esight:edm:VPC:{DeliveryWorld.Meter}|kwh", Text(data, "dataimportcode"));
        Assert.Equal(("kwh", "2022-10-01T00:00:00+02:00"), (Text(data, "datapointKey"), Text(data, "tsIso8601")));
        Assert.True(data.GetProperty("starting").GetDateTimeOffset() <= data.GetProperty("ending").GetDateTimeOffset());
        Assert.Equal(JsonValueKind.Null, data.GetProperty("error_code").ValueKind);
    }

    [Fact]
    public async Task A_rejected_message_is_told_in_the_columns_of_the_books_of_errors()
    {
        await world.ESight.BehaveAsync(new { status = 422, match = _name, times = 1 });
        var id = await world.AcceptAsync(new(_name) { Readings = [("2022-10-02T00:00:00Z", "1")] });

        await world.DrainAsync();
        await world.PublishAsync();

        var (data, _) = Assert.Single(await EventsAsync(id));
        Assert.Equal(
            ("rejected", "UnprocessableEntity", "e-Sight"), (Text(data, "state"), Text(data, "error_code"), Text(data, "error_type")));
        Assert.Equal("e-Sight refused the content (422).", Text(data, "error_message"));
    }

    [Fact]
    public async Task A_message_that_is_tried_again_is_told_once_when_it_is_decided()
    {
        await world.ESight.BehaveAsync(new { status = 503, match = _name, times = 1 });
        var id = await world.AcceptAsync(new(_name) { Readings = [("2022-10-03T00:00:00Z", "1")] });

        await world.UntilAsync(id, "delivered");
        await world.PublishAsync();

        var (data, _) = Assert.Single(await EventsAsync(id));
        Assert.Equal(("delivered", 2), (Text(data, "state"), data.GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task A_cancelled_message_is_told()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = "LU_VPC_None", Readings = [("2022-10-04T00:00:00Z", "1")] });
        await world.UntilAsync(id, "parked");
        await world.Get<CancelStore>().CancelAsync(id, owner: null, new AuditContext(), CancellationToken.None);
        await world.PublishAsync();

        var (data, _) = Assert.Single(await EventsAsync(id));
        Assert.Equal(
            ("cancelled", "CancelledByUser", 0), (Text(data, "state"), Text(data, "reason"), data.GetProperty("attempts").GetInt32()));
    }

    [Fact]
    public async Task What_is_told_again_has_the_same_ids_and_every_reading_its_own()
    {
        var id = await world.AcceptAsync(new(_name) { Readings = [("2022-10-05T00:00:00Z", "1"), ("2022-10-05T00:30:00Z", "2")] });
        await world.DrainAsync();
        var row = await world.ReadAsync<byte[]>(
            "SELECT payload FROM send_outbox WHERE payload LIKE CONCAT('%', @id, '%')", new { id = id.ToString() });
        var told = JsonSerializer.Deserialize(row, PublishingJson.Default.ToldOutcome)!;

        var first = await world.Get<OutcomeEvents>().OfAsync([(new byte[16], told)]).Select(one => one.EventId).ToListAsync();
        var again = await world.Get<OutcomeEvents>().OfAsync([(new byte[16], told)]).Select(one => one.EventId).ToListAsync();
        var other = await world.Get<OutcomeEvents>().OfAsync([(Guid.NewGuid().ToByteArray(), told)]).Select(one => one.EventId)
            .ToListAsync();

        Assert.Equal(first, again);
        Assert.Equal(4, first.Concat(other).Distinct().Count());
        await world.PublishAsync();
    }

    [Fact]
    public async Task More_readings_than_one_request_takes_are_told_all()
    {
        var start = new DateTimeOffset(2023, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var id = await world.AcceptAsync(new(_name)
        {
            Readings = [.. Enumerable.Range(0, 2_500).Select(n => (start.AddMinutes(n).ToString("O", null), $"{n}"))],
        });

        await world.DrainAsync();
        await world.PublishAsync();

        Assert.Equal(Enumerable.Range(0, 2_500), (await EventsAsync(id)).Select(one => one.Data.GetProperty("reading").GetInt32()).Order());
    }

    private async Task<List<(JsonElement Data, JsonElement Attributes)>> EventsAsync(SendId id)
    {
        while (await world.Google.PullAsync(world.Topic) is { Count: > 0 } messages)
        {
            foreach (var message in messages)
            {
                Events.Enqueue((JsonElement.Parse(message.GetProperty("data").GetBytesFromBase64()), message.GetProperty("attributes")));
            }
        }

        return [.. Events.Where(one => Text(one.Data, "sendId") == id.ToString()).OrderBy(one => one.Data.GetProperty("reading").GetInt32())];
    }

    private static string? Text(JsonElement data, string member) => data.GetProperty(member).GetString();
}
