using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.Audit;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Resending;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class ResendTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private static readonly AuditContext Somebody = new() { ActorUserId = "somebody" };
    private static readonly Resend Whole = new(ResendPart.All, Force: false, Owner: null, "somebody");
    private static readonly Resend Rejected = Whole with { Part = ResendPart.RejectedReadings };
    private readonly string _name = $"r{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task A_whole_message_goes_out_again_under_its_own_id_as_a_new_cycle()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync(HttpStatusCode.BadRequest);

        var resent = Assert.IsType<ResendOutcome.Resent>(await ResendAsync(id, Whole));

        Assert.Equal((id.ToString(), 2), (resent.Item.SendId, resent.Item.Readings));
        Assert.Equal("accepted", (await StatusAsync(id)).State);
        Assert.Equal([id], (await world.DeliverAsync()).Select(message => message.Id));
        var status = await StatusAsync(id);
        Assert.Equal(("delivered", "Success"), (status.State, status.Reason));
        Assert.Equal(["rejected", "delivered"], status.Attempts.Select(attempt => attempt.Outcome));
        Assert.Equal(
            "somebody", await world.ReadAsync<string>("SELECT actor_id FROM access_log WHERE subject = @id", new { id = id.ToString() }));
        Assert.Equal(1, await world.ReadAsync<int>("SELECT COUNT(*) FROM resends WHERE message_id = @id AND user_id = 'somebody'", new { id = id.ToBytes() }));
        await AssertBalancedAsync();
    }

    [Fact]
    public async Task A_resend_has_a_schedule_of_its_own()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync(HttpStatusCode.BadRequest);
        await world.ExecuteAsync(
            "UPDATE messages SET accepted_at = accepted_at - INTERVAL 30 DAY, attempts = 50 WHERE id = @id", new { id = id.ToBytes() });
        await ResendAsync(id, Whole);

        var claimed = Assert.Single(await world.Get<ClaimStore>().ClaimAsync(64, CancellationToken.None));
        var failed = new Verdict(AttemptOutcome.Retry, ReasonCode.ServiceUnavailable, 503, null);
        await world.Get<RecordStore>().RecordAsync([new Attempt(claimed, failed, DateTimeOffset.UtcNow, TimeSpan.Zero)]);

        var status = await StatusAsync(id);
        Assert.Equal("accepted", status.State);
        Assert.InRange(status.NextAttemptAt!.Value, DateTimeOffset.UtcNow.AddMinutes(-1), DateTimeOffset.UtcNow.AddSeconds(5));
        await world.ExecuteAsync(
            "UPDATE messages SET state = 5, due_at = '9999-12-31', accepted_at = UTC_TIMESTAMP(6) WHERE id = @id",
            new { id = id.ToBytes() });
    }

    [Fact]
    public async Task Rejected_readings_go_out_as_a_message_of_their_own_byte_for_byte()
    {
        var message = new PushedMessage(_name) { Meter = _name, DataFirst = true, Readings = [("2022-10-01T00:00:00Z", "1.50"), ("2022-10-01T00:30:00Z", "2e0"), ("2022-10-01T01:00:00Z", "-0.0")] };
        var id = await world.AcceptAsync(message);
        await world.DeliverAsync();
        await ReportAsync(id, "2022-10-01T00:30:00Z");
        await ReportAsync(id, "2022-10-01T01:00:00Z");

        var resent = Assert.IsType<ResendOutcome.Resent>(await ResendAsync(id, Rejected));

        var (newId, body) = Assert.Single(await world.DeliverAsync());
        Assert.Equal(newId.ToString(), resent.Item.SendId);
        var original = Encoding.UTF8.GetString(message.ToBytes());
        var slice = original[(original.IndexOf("{ \"datapointKey\" : \"kwh\", \"value\": 2e0", StringComparison.Ordinal))..original.IndexOf("} ] ,", StringComparison.Ordinal)];
        Assert.Equal(original.Replace("[ " + original[(original.IndexOf("[ {", StringComparison.Ordinal) + 2)..original.IndexOf("] ,", StringComparison.Ordinal)], "[" + slice.Replace(" ,\n", ",", StringComparison.Ordinal) + "}", StringComparison.Ordinal), body);
        var splice = await world.ReadAsync<int>("SELECT splice_at FROM messages WHERE id = @id", new { id = newId.ToBytes() });
        Assert.Equal($"\"{_name}\"", body[(splice - _name.Length - 1)..(splice + 1)]);
        var status = await StatusAsync(newId);
        Assert.Equal(
            (id.ToString(), $"{_name}#r1", "delivered", 2), (status.ResendOf, status.MessageId, status.State, status.Readings.Count));
        Assert.Equal(["delivered", "rejected", "rejected"], (await StatusAsync(id)).Readings.Select(reading => reading.State));
        await AssertBalancedAsync();
    }

    [Fact]
    public async Task Readings_that_are_rejected_again_are_resent_under_the_next_number()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync(HttpStatusCode.UnprocessableEntity);
        var first = Assert.IsType<ResendOutcome.Resent>(await ResendAsync(id, Rejected));
        await world.DeliverAsync();
        var firstId = new SendId(Guid.Parse(first.Item.SendId));
        await ReportAsync(firstId, "2022-10-01T00:30:00Z");

        var second = Assert.IsType<ResendOutcome.Resent>(await ResendAsync(firstId, Rejected));

        var status = await StatusAsync(new SendId(Guid.Parse(second.Item.SendId)));
        Assert.Equal((firstId.ToString(), $"{_name}#r2"), (status.ResendOf, status.MessageId));
        Assert.Equal("2022-10-01T00:30:00Z", Assert.Single(status.Readings).TsIso8601.GetString());
        await world.DeliverAsync();
        await AssertBalancedAsync();
    }

    [Fact]
    public async Task A_newer_message_of_the_same_period_asks_for_force_and_another_period_does_not()
    {
        var old = await world.AcceptAsync(new(_name) { Meter = _name });
        var newer = await world.AcceptAsync(new($"{_name}-2") { Meter = _name });
        await world.AcceptAsync(new($"{_name}-3") { Meter = _name, Readings = [("2022-10-02T00:00:00Z", "1")] });
        await world.DeliverAsync();

        var refused = Assert.IsType<ResendOutcome.Refused>(await ResendAsync(old, Whole));
        Assert.Equal((ReasonCode.NewerMessages, newer.ToString()), (refused.Code, Assert.Single(refused.Item.Newer)));
        var listed = Assert.IsType<ResendOutcome.Listed>(await ResendAsync(old, Whole, dryRun: true));
        Assert.Equal(newer.ToString(), Assert.Single(listed.Item.Newer));
        Assert.IsType<ResendOutcome.Resent>(await ResendAsync(newer, Whole));
        Assert.IsType<ResendOutcome.Resent>(await ResendAsync(old, Whole with { Force = true }));

        // Sent again, the old one still comes before the newer one.
        Assert.Equal([old, newer], (await world.DeliverAsync()).Select(message => message.Id));
    }

    [Fact]
    public async Task Newer_messages_are_known_before_and_after_the_search_knows_them()
    {
        var old = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync();
        await world.ProjectAsync();
        await world.AcceptAsync(new($"{_name}-2") { Meter = _name });
        await world.DeliverAsync();

        Assert.Single(Assert.IsType<ResendOutcome.Refused>(await ResendAsync(old, Whole)).Item.Newer);
        await world.ProjectAsync();
        Assert.Single(Assert.IsType<ResendOutcome.Refused>(await ResendAsync(old, Whole)).Item.Newer);
    }

    [Fact]
    public async Task What_is_on_its_way_or_not_rejected_or_anothers_is_not_resent()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        Assert.Equal(ReasonCode.StillOnItsWay, Assert.IsType<ResendOutcome.Refused>(await ResendAsync(id, Whole)).Code);
        Assert.Equal(ReasonCode.StillOnItsWay, Assert.IsType<ResendOutcome.Refused>(await ResendAsync(id, Rejected)).Code);
        await world.DeliverAsync();
        Assert.Equal(ReasonCode.NoRejectedReadings, Assert.IsType<ResendOutcome.Refused>(await ResendAsync(id, Rejected)).Code);
        Assert.IsType<ResendOutcome.NotFound>(await ResendAsync(id, Whole with { Owner = "another" }));
        Assert.IsType<ResendOutcome.Resent>(await ResendAsync(id, Whole with { Owner = "sender" }));
        await world.DeliverAsync();
    }

    [Fact]
    public async Task A_late_report_about_what_was_sent_before_says_nothing_of_the_resend()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync();
        await ReportAsync(id, "2022-10-01T00:00:00Z");
        await ResendAsync(id, Whole);
        Assert.All((await StatusAsync(id)).Readings, reading => Assert.Equal("accepted", reading.State));

        await ReportAsync(id, "2022-10-01T00:30:00Z");

        Assert.Equal("accepted", (await StatusAsync(id)).State);
        Assert.Equal([id], (await world.DeliverAsync()).Select(message => message.Id));
        await ReportAsync(id, "2022-10-01T00:30:00Z");
        Assert.Equal(["delivered", "rejected"], (await StatusAsync(id)).Readings.Select(reading => reading.State));
        await AssertBalancedAsync();
    }

    [Fact]
    public async Task A_conflict_after_a_resend_says_that_esight_has_the_message()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync();
        await ResendAsync(id, Whole);

        Assert.True(Assert.Single(await world.Get<ClaimStore>().ClaimAsync(64, CancellationToken.None)).AfterUnknown);
        await world.ExecuteAsync("UPDATE messages SET state = 5, due_at = '9999-12-31' WHERE id = @id", new { id = id.ToBytes() });
        await world.ExecuteAsync("DELETE FROM delivery_order WHERE message_id = @id", new { id = id.ToBytes() });
    }

    private Task<ResendOutcome> ResendAsync(SendId id, Resend resend, bool dryRun = false) =>
        world.Get<ResendStore>().ResendAsync(id, resend, dryRun, Somebody, CancellationToken.None);

    private async Task<MessageStatus> StatusAsync(SendId id) => (await world.Get<StatusStore>().FindAsync(id, CancellationToken.None))!;

    private async Task AssertBalancedAsync()
    {
        var now = DateTimeOffset.UtcNow;
        var ledger = await world.Get<LedgerStore>().CountAsync(
            now.AddHours(-1), now.AddMinutes(1), LedgerGrouping.Feed, CancellationToken.None);
        Assert.True(ledger.Balanced, JsonSerializer.Serialize(ledger));
    }

    private async Task ReportAsync(SendId id, string instant) =>
        Assert.Equal(ErrorEventOutcome.Applied, await world.Get<ErrorEventIntake>().ApplyAsync(
            new ErrorEvent
            {
                EventId = Guid.NewGuid(), SendId = id.Value, EsightId = "e", ErrorCode = "E7", ErrorMessage = "no", DatapointKey = "kwh", TsIso8601 = instant,
                ReceivedAt = DateTimeOffset.UtcNow,
            },
            CancellationToken.None));
}
