using System.Data.Common;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Tests.Outcomes;

/// <summary>Error events that come at the same time share a transaction.</summary>
public sealed class ErrorEventBatchTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private const string First = "2022-10-01T00:00:00Z";
    private const string Second = "2022-10-01T00:30:00Z";
    private readonly string _feed = $"b{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task Each_of_a_batch_has_the_outcome_that_it_would_have_alone()
    {
        var whole = await AcceptAsync("whole");
        var part = await AcceptAsync("part");
        await world.DeliverAsync();
        var onePart = EventOf(part.Value, First);

        var outcomes = await world.Get<ErrorEventStore>().ApplyAsync(
            [EventOf(whole.Value, First), EventOf(Guid.NewGuid(), First), onePart, EventOf(whole.Value, Second), onePart], CancellationToken.None);

        Assert.Equal(
            [ErrorEventOutcome.Applied, ErrorEventOutcome.Quarantined, ErrorEventOutcome.Applied, ErrorEventOutcome.Applied, ErrorEventOutcome.Repeated],
            outcomes);
        Assert.Equal("rejected", (await StatusAsync(whole)).State);
        Assert.Equal(["rejected", "delivered"], (await StatusAsync(part)).Readings.Select(reading => reading.State));
        Assert.Equal(3, await world.ReadAsync<int>("SELECT SUM(items) FROM incidents WHERE feed = @feed", new { feed = _feed }));
        Assert.Equal([ErrorEventOutcome.Repeated], await world.Get<ErrorEventStore>().ApplyAsync([onePart], CancellationToken.None));
    }

    [Fact]
    public async Task One_that_the_database_does_not_take_fails_alone()
    {
        var id = await AcceptAsync("beside");
        await world.DeliverAsync();
        var intake = world.Get<ErrorEventIntake>();
        var misfit = EventOf(id.Value, First) with { ErrorCode = new string('x', 300) };

        var applied = Enumerable.Range(0, 20).Select(_ => intake.ApplyAsync(EventOf(id.Value, First), CancellationToken.None)).ToList();
        var refused = intake.ApplyAsync(misfit, CancellationToken.None);
        applied.AddRange(Enumerable.Range(0, 20).Select(_ => intake.ApplyAsync(EventOf(id.Value, Second), CancellationToken.None)));

        await Assert.ThrowsAnyAsync<DbException>(() => refused);
        Assert.All(await Task.WhenAll(applied), outcome => Assert.Equal(ErrorEventOutcome.Applied, outcome));
        Assert.Equal(40, await world.ReadAsync<int>("SELECT COUNT(*) FROM reading_errors WHERE message_id = @id", new { id = id.ToBytes() }));
    }

    [Fact]
    public async Task A_large_message_is_read_by_itself()
    {
        var readings = Enumerable.Range(0, 2_000).Select(n => (new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero).AddHours(n).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'"), "1"));
        var id = await world.AcceptAsync(new("large") { Feed = _feed, Meter = $"{_feed}-large", Readings = [.. readings] });
        await world.DeliverAsync();

        await world.Get<ErrorEventStore>().ApplyAsync([EventOf(id.Value, "2020-01-02T00:00:00Z")], CancellationToken.None);

        Assert.Equal("rejected", (await StatusAsync(id)).Readings[24].State);
    }

    private Task<SendId> AcceptAsync(string name) => world.AcceptAsync(new(name) { Feed = _feed, Meter = $"{_feed}-{name}" });

    private async Task<MessageStatus> StatusAsync(SendId id) => (await world.Get<StatusStore>().FindAsync(id, CancellationToken.None))!;

    private static ErrorEvent EventOf(Guid sendId, string instant) => new()
    {
        EventId = Guid.NewGuid(), SendId = sendId, EsightId = "e", ErrorCode = "E1", ErrorMessage = "no", DatapointKey = "kwh", TsIso8601 = instant,
        ReceivedAt = DateTimeOffset.UtcNow,
    };
}
