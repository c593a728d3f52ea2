using System.Net;
using EnergyLoad.Audit;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Cancelling;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class CancelTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private static readonly AuditContext Somebody = new() { ActorUserId = "somebody" };
    private readonly string _name = $"c{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task A_message_that_is_cancelled_is_never_claimed_and_what_waited_behind_it_goes_on()
    {
        var first = await world.AcceptAsync(new(_name) { Meter = _name });
        var second = await world.AcceptAsync(new($"{_name}-2") { Meter = _name });

        Assert.IsType<CancelOutcome.Cancelled>(await CancelAsync(first));

        Assert.Equal([second], (await world.DeliverAsync()).Select(message => message.Id));
        var status = await world.Get<StatusStore>().FindAsync(first, CancellationToken.None);
        Assert.Equal(("cancelled", "CancelledByUser"), (status!.State, status.Reason));
        var found = await world.Get<SearchStore>().FindAsync(new SearchFilter { State = MessageState.Cancelled }, CancellationToken.None);
        Assert.Equal(first.ToString(), found.Items[0].SendId);
        Assert.Equal(
            "somebody",
            await world.ReadAsync<string>("SELECT actor_id FROM access_log WHERE subject = @id", new { id = first.ToString() }));
    }

    [Fact]
    public async Task A_message_that_waits_behind_a_cancelled_one_is_let_go()
    {
        var first = await world.AcceptAsync(new(_name) { Meter = _name });
        var second = await world.AcceptAsync(new($"{_name}-2") { Meter = _name });
        await world.Get<ClaimStore>().ClaimAsync(64, CancellationToken.None);
        await world.Get<RecordStore>().ParkAsync(
            [new MissingCode(await ClaimedAsync(first), ReasonCode.NoMeterId)], CancellationToken.None);

        Assert.IsType<CancelOutcome.Cancelled>(await CancelAsync(first));

        Assert.Equal([second], (await world.DeliverAsync()).Select(message => message.Id));
    }

    [Fact]
    public async Task A_message_under_way_cannot_be_cancelled_and_one_that_waits_for_its_next_try_can()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        var claimed = Assert.Single(await world.Get<ClaimStore>().ClaimAsync(64, CancellationToken.None));
        Assert.Equal(MessageState.Accepted, Assert.IsType<CancelOutcome.TooLate>(await CancelAsync(id)).State);

        var retry = new Verdict(AttemptOutcome.Retry, ReasonCode.ServiceUnavailable, 503, TimeSpan.FromMinutes(1));
        await world.Get<RecordStore>().RecordAsync([new Attempt(claimed, retry, DateTimeOffset.UtcNow, TimeSpan.Zero)]);

        Assert.IsType<CancelOutcome.Cancelled>(await CancelAsync(id));
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task What_esight_has_judged_cannot_be_cancelled(HttpStatusCode status)
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync(status);

        Assert.IsType<CancelOutcome.TooLate>(await CancelAsync(id));
    }

    [Fact]
    public async Task Another_senders_message_is_not_found()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name, Sender = _name });
        Assert.IsType<CancelOutcome.NotFound>(await CancelAsync(id, owner: "another"));
        Assert.IsType<CancelOutcome.Cancelled>(await CancelAsync(id, owner: _name));
    }

    private Task<CancelOutcome> CancelAsync(SendId id, string? owner = null) =>
        world.Get<CancelStore>().CancelAsync(id, owner, Somebody, CancellationToken.None);

    /// <summary>The message as its claim saw it.</summary>
    private async Task<ClaimedMessage> ClaimedAsync(SendId id) => await world.ReadAsync<ClaimedMessage>(
        """
        SELECT id, body, splice_at, gateway_hash, market, site, meter, first_at, last_at, accepted_at, UTC_TIMESTAMP(6) AS now, state, attempts, reason,
          traceparent FROM messages WHERE id = @id
        """,
        new { id = id.ToBytes() });
}
