using System.Net;
using System.Text.Json;
using Dapper;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using EnergyLoad.ReceiveApi.Tests.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.ReceiveApi.Tests.Publishing;

public sealed class PublishingTests(ReceiveWorld world) : IClassFixture<ReceiveWorld>
{
    private readonly string _id = Reports.NewId();
    private readonly Guid _sendId = Guid.CreateVersion7();

    [Fact]
    public async Task Every_item_is_published_with_what_it_says()
    {
        using var posted = await world.PostAsync(
            Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1", "-12.50"), Reports.Item("E2", "1e400")));
        var reportId = (await ReceiveWorld.JsonAsync(posted)).GetProperty("reportId").GetString();

        var events = await world.EventsAsync(_id, 2);

        Assert.Equal(["E1", "E2"], events.Select(one => Text(one.Data, "errorCode")).Order());
        var (data, attributes) = events.Single(one => Text(one.Data, "errorCode") == "E1");
        Assert.Equal(
            ("1", reportId, _id, Reports.MessageId(_sendId), _sendId.ToString()),
            (Text(data, "version"), Text(data, "reportId"), Text(data, "esightId"), Text(data, "messageId"), Text(data, "sendId")));
        Assert.Equal(
            ("value below zero", "kwh", "-12.50", "2022-10-01T00:00:00+02:00"),
            (Text(data, "errorMessage"), Text(data, "datapointKey"), Text(data, "value"), Text(data, "tsIso8601")));
        Assert.Equal("esight-error-report", Text(attributes, "type"));
        Assert.Equal("1", Text(attributes, "version"));
        Assert.Equal(Text(data, "eventId"), Text(attributes, "eventId"));
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}$", Text(data, "traceparent"));
    }

    [Fact]
    public async Task Events_carry_the_columns_that_dashboards_read()
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));

        var (data, _) = Assert.Single(await world.EventsAsync(_id, 1));

        Assert.Equal(
            (Text(data, "reportId"), _id, "2022-10-01T00:05:00Z"),
            (Text(data, "uuid"), Text(data, "e_sight_Id"), Text(data, "e_sight_received_Json_tsIso8601")));
        Assert.Equal((_sendId.ToString(), Reports.MessageId(_sendId)), (Text(data, "send_uuid"), Text(data, "message_id")));
        Assert.Equal(
            ("AsynchronousErrorResponse", "E1", "value below zero"),
            (Text(data, "e_sight_response_type"), Text(data, "e_sight_response"), Text(data, "e_sight_message")));
        var now = DateTimeOffset.UtcNow;
        Assert.Equal(ReceiveCloud.Bucket, Text(data, "destination_bucket"));
        Assert.Equal(
            $"error-reports/electricity/lu/{now.Year}/{now.Month}/{now.Day}/e-sightId__{_id}__messageId__{Reports.MessageId(_sendId)}.json", Text(data, "destination_path"));
        Assert.True(data.GetProperty("starting").GetDateTimeOffset() <= data.GetProperty("ending").GetDateTimeOffset());
    }

    [Fact]
    public async Task A_report_without_items_is_published_once_without_an_item()
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId)));

        var (data, _) = Assert.Single(await world.EventsAsync(_id, 1));

        Assert.Equal((JsonValueKind.Null, 0), (data.GetProperty("item").ValueKind, data.GetProperty("itemCount").GetInt32()));
        Assert.Equal(JsonValueKind.Null, data.GetProperty("errorCode").ValueKind);
    }

    [Fact]
    public async Task The_same_report_again_publishes_nothing_again()
    {
        var body = Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1"));
        using var first = await world.PostAsync(body);
        await world.EventsAsync(_id, 1);
        using var again = await world.PostAsync(body);

        using var marker = await world.PostAsync(Reports.With(_id + "m", Reports.MessageId(_sendId), Reports.Item("E1")));
        await world.EventsAsync(_id + "m", 1);
        Assert.Single(await world.EventsAsync(_id, 1));
    }

    [Fact]
    public async Task A_revision_publishes_only_what_changed()
    {
        using var first = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1"), Reports.Item("E2")));
        using var second = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E2"), Reports.Item("E3")));

        var events = await world.EventsAsync(_id, 3);

        Assert.Equal(
            [("E1", 1), ("E2", 1), ("E3", 2)],
            events.Select(one => (Text(one.Data, "errorCode"), one.Data.GetProperty("revision").GetInt32())).Order());
    }

    [Fact]
    public async Task A_report_that_is_told_twice_is_told_under_the_same_ids()
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1"), Reports.Item("E1")));
        var first = await world.EventsAsync(_id, 2);

        await PutBackAsync("receive_outbox", posted);
        var all = await world.EventsAsync(_id, 4);

        Assert.Equal(2, all.Select(one => Text(one.Data, "eventId")).Distinct().Count());
        Assert.Equal(first.Select(one => one.Data.ToString()).Order(), all.Skip(2).Select(one => one.Data.ToString()).Order());
    }

    [Fact]
    public async Task A_report_says_when_it_was_published()
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));

        await Eventually.GetAsync(
            async () =>
                (await world.GetAsync(posted.Headers.Location!.ToString())).GetProperty("publishedAt").ValueKind == JsonValueKind.String,
            holds => holds);

        Assert.Equal(0, await CountAsync("SELECT COUNT(*) FROM receive_outbox WHERE payload = @id", posted));
    }

    [Fact]
    public async Task What_a_dead_instance_had_claimed_is_published_by_another_when_its_lease_ends()
    {
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), Reports.Item("E1")));
        await world.EventsAsync(_id, 1);

        await PutBackAsync("receive_outbox", posted, "UTC_TIMESTAMP(6) + INTERVAL 1 SECOND");

        Assert.Equal(2, (await world.EventsAsync(_id, 2)).Count);
    }

    [Fact]
    public async Task A_large_report_is_published_whole()
    {
        var items = Enumerable.Range(0, 2500).Select(n => Reports.Item($"E{n}")).ToArray();
        using var posted = await world.PostAsync(Reports.With(_id, Reports.MessageId(_sendId), items));

        var events = await world.EventsAsync(_id, items.Length);

        Assert.Equal(items.Length, events.Select(one => Text(one.Data, "eventId")).Distinct().Count());
    }

    [Fact]
    public async Task Reports_that_come_at_once_are_all_published()
    {
        var ids = Enumerable.Range(0, 200).Select(n => $"{_id}-{n}").ToList();

        var answers = await Task.WhenAll(
            ids.Select(id => world.PostAsync(Reports.With(id, Reports.MessageId(_sendId), Reports.Item("E1")))));

        Assert.All(answers, answer => Assert.Equal(HttpStatusCode.Created, answer.StatusCode));
        foreach (var id in ids)
        {
            Assert.Single(await world.EventsAsync(id, 1));
        }
    }

    private static string? Text(JsonElement element, string name) => element.GetProperty(name).GetString();

    // As if the instance that told it had died before it said so.
    private async Task PutBackAsync(string table, HttpResponseMessage posted, string dueAt = "UTC_TIMESTAMP(6)")
    {
        var id = (await ReceiveWorld.JsonAsync(posted)).GetProperty("reportId").GetGuid().ToByteArray(bigEndian: true);
        await world.Database.ExecuteAsync(
            $"INSERT INTO {table} (id, kind, payload, created_at, due_at) VALUES (@key, 'error-report', @id, UTC_TIMESTAMP(6), {dueAt})",
            new { key = Guid.CreateVersion7().ToByteArray(bigEndian: true), id },
            CancellationToken.None);
        using var woken = await world.WakeAsync();
        Assert.Equal(HttpStatusCode.NoContent, woken.StatusCode);
    }

    private async Task<long> CountAsync(string sql, HttpResponseMessage posted)
    {
        var id = (await ReceiveWorld.JsonAsync(posted)).GetProperty("reportId").GetGuid().ToByteArray(bigEndian: true);
        await using var connection = await world.Database.OpenAsync(CancellationToken.None);
        return await connection.ExecuteScalarAsync<long>(sql, new { id });
    }
}
