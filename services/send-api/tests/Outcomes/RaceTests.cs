using System.Net;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.ESight;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Search;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.SendApi.Tests.Outcomes;

/// <summary>What several instances do to the same rows at once.</summary>
public sealed class RaceTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private const string Differing = """
        SELECT COUNT(*) FROM messages m LEFT JOIN message_search s ON s.id = m.id
        WHERE s.id IS NULL OR s.state <> m.state OR s.reason <> COALESCE(m.reason, '')
        """;

    private readonly string _name = $"r{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task Three_followers_at_once_write_each_row_exactly_once()
    {
        var work = WorkAsync(messages: 120);
        var followers = Enumerable.Range(0, 3).Select(async n =>
        {
            var follower = ActivatorUtilities.CreateInstance<SearchProjector>(world.Service.Services);
            while (!work.IsCompleted)
            {
                await follower.RunAsync(wait: n == 0, CancellationToken.None);
            }

            await follower.RunAsync(wait: true, CancellationToken.None);
        });

        await Task.WhenAll([work, .. followers]);

        Assert.Equal(
            await world.ReadAsync<int>("SELECT COUNT(*) FROM messages"), await world.ReadAsync<int>("SELECT COUNT(*) FROM message_search"));
        Assert.Equal(0, await world.ReadAsync<int>(Differing));
    }

    [Fact]
    public async Task A_report_that_comes_while_the_delivery_is_being_recorded_is_never_lost_and_the_message_goes_out_no_more()
    {
        for (var round = 0; round < 12; round++)
        {
            var ids = new List<SendId>();
            for (var n = 0; n < 4; n++)
            {
                ids.Add(await world.AcceptAsync(new($"{_name}-{round}-{n}") { Meter = $"{_name}-{n}" }));
            }

            var claimed = await world.Get<ClaimStore>().ClaimAsync(64, CancellationToken.None);
            Assert.Equal(ids.Count, claimed.Count);
            await Task.WhenAll([
                .. claimed.Select(message => Task.Run(() => RecordAsync(message))),
                .. ids.Select(id => Task.Run(() => ReportAsync(id))),
            ]);

            foreach (var id in ids)
            {
                var status = (await world.Get<StatusStore>().FindAsync(id, CancellationToken.None))!;
                Assert.Equal(("delivered", "rejected", "delivered"), (status.State, status.Readings[0].State, status.Readings[1].State));
            }
        }

        Assert.Empty(await world.Get<ClaimStore>().ClaimAsync(64, CancellationToken.None));
        Assert.Equal(0, await world.ReadAsync<int>("SELECT COUNT(*) FROM delivery_order WHERE message_id IN (SELECT id FROM messages WHERE meter LIKE CONCAT(@name, '%'))", new { name = _name }));
        Assert.True((await world.Get<LedgerStore>().CountAsync(DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1), null, CancellationToken.None)).Balanced);
    }

    private async Task WorkAsync(int messages)
    {
        for (var n = 0; n < messages; n++)
        {
            await world.AcceptAsync(new($"{_name}-{n}") { Meter = $"{_name}-{n}" });
            if (n % 20 == 19)
            {
                await world.DeliverAsync(n % 40 == 19 ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
            }
        }
    }

    private Task RecordAsync(ClaimedMessage message)
    {
        var verdict = Verdict.Of(new ESightAnswer.Answered(HttpStatusCode.OK, null), afterUnknown: false);
        return world.Get<RecordStore>().RecordAsync([new Attempt(message, verdict, DateTimeOffset.UtcNow, TimeSpan.Zero)]);
    }

    private Task ReportAsync(SendId id) => world.Get<ErrorEventIntake>().ApplyAsync(
        new ErrorEvent
        {
            EventId = Guid.NewGuid(), SendId = id.Value, EsightId = "e", ErrorCode = "E1", ErrorMessage = "no", DatapointKey = "kwh",
            TsIso8601 = "2022-10-01T00:00:00Z", ReceivedAt = DateTimeOffset.UtcNow,
        },
        CancellationToken.None);
}
