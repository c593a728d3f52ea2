using System.Net;
using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Incidents;
using EnergyLoad.SendApi.Outcomes.Resending;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class IncidentTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private static readonly CurrentUser Operator = new("id-1", "anna", new RoleSet(Role.Backoffice));
    private readonly string _feed = $"i{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task Errors_of_one_code_in_one_feed_and_market_are_one_incident()
    {
        var first = await AcceptAsync("1");
        var second = await AcceptAsync("2");
        var other = await AcceptAsync("3", market: "hu");
        await world.DeliverAsync();
        await ReportAsync(first, "E7", "no");
        var repeated = await ReportAsync(second, "E7", "not at all");
        await ReportAsync(second, "E8", "odd");
        await ReportAsync(other, "E7", "nem");
        await world.Get<ErrorEventIntake>().ApplyAsync(repeated, CancellationToken.None);

        var incidents = await FindAsync();

        Assert.Equal(
            [("E7", "hu", 1, 1), ("E8", "lu", 1, 1), ("E7", "lu", 2, 2)],
            incidents.Select(one => (one.ErrorCode, one.Market, one.Count, one.Meters)));
        Assert.Equal(("report", "not at all", null), (incidents[2].Source, incidents[2].ErrorMessage, incidents[2].Meter));
        Assert.Equal($"{_feed}-2", incidents[1].Meter);
        Assert.True(incidents[2].FirstSeen < incidents[2].LastSeen);
    }

    [Fact]
    public async Task Rejected_messages_are_an_incident_of_their_answer()
    {
        await AcceptAsync("1");
        await AcceptAsync("2");
        await world.DeliverAsync(HttpStatusCode.BadRequest);

        var incident = Assert.Single(await FindAsync());

        Assert.Equal(("answer", "BadRequest", 2, 2), (incident.Source, incident.ErrorCode, incident.Count, incident.Meters));
        Assert.Equal(
            ("rejected", "BadRequest", "all"), (incident.Resend.Filter.State, incident.Resend.Filter.Reason, incident.Resend.Only));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_resend_of_an_incident_sends_what_it_is_about_and_nothing_else(bool byReport)
    {
        var one = await AcceptAsync("1");
        var two = await AcceptAsync("2");
        await world.DeliverAsync(byReport ? HttpStatusCode.OK : HttpStatusCode.BadRequest);
        var good = await AcceptAsync("3");
        await world.DeliverAsync();
        if (byReport)
        {
            await ReportAsync(one, "E7", "no");
            await ReportAsync(two, "E7", "no");
            await ReportAsync(good, "E8", "other");
        }

        await world.ProjectAsync();
        var mend = Assert.Single(await FindAsync(byReport ? "E7" : "BadRequest")).Resend;
        var resend = new Resend(Enum.Parse<ResendPart>(mend.Only, ignoreCase: true), Force: false, Owner: null, "id-1");
        var job = await world.Get<ResendJobStore>().StartAsync(mend.Filter, resend, Operator, AuditContext.None, CancellationToken.None);
        while (await world.Get<ResendJobRunner>().StepAsync(CancellationToken.None))
        {
        }

        Assert.Equal(2, (await world.Get<ResendJobStore>().FindAsync(job.JobId, Operator, CancellationToken.None))!.Resent);
        Assert.Equal(2, (await world.DeliverAsync()).Count);
    }

    [Fact]
    public async Task A_cause_that_was_quiet_for_a_day_is_a_new_incident()
    {
        var old = await AcceptAsync("1");
        var now = await AcceptAsync("2");
        await world.DeliverAsync();
        await ReportAsync(old, "E7", "no");
        await world.ExecuteAsync(
            "UPDATE incidents SET first_seen = first_seen - INTERVAL 3 DAY, last_seen = last_seen - INTERVAL 2 DAY WHERE feed = @feed",
            new { feed = _feed });
        await world.ExecuteAsync(
            "UPDATE incident_meters SET last_seen = last_seen - INTERVAL 2 DAY WHERE meter = @meter", new { meter = $"{_feed}-1" });
        await ReportAsync(now, "E7", "no");

        var incident = Assert.Single(await FindAsync());

        Assert.Equal((1, $"{_feed}-2"), (incident.Count, incident.Meter));
        Assert.InRange(incident.FirstSeen, DateTimeOffset.UtcNow.AddHours(-1), DateTimeOffset.UtcNow.AddHours(1));
    }

    [Fact]
    public async Task Pages_follow_each_other_and_conditions_hold()
    {
        var id = await AcceptAsync("1");
        await world.DeliverAsync();
        foreach (var code in new[] { "E1", "E2", "E3" })
        {
            await ReportAsync(id, code, "no");
        }

        var first = await PageAsync(new(null, _feed, null, null, null, null, null, "2"));
        var rest = await PageAsync(new(null, _feed, $"{_feed}-1", null, null, null, first.Next, "2"));

        Assert.Equal(["E3", "E2", "E1"], first.Items.Concat(rest.Items).Select(incident => incident.ErrorCode));
        Assert.Null(rest.Next);
        Assert.Empty((await PageAsync(new(null, _feed, "another", null, null, null, null, null))).Items);
        Assert.Empty((await PageAsync(new("hu", _feed, null, null, null, null, null, null))).Items);
        Assert.Empty((await PageAsync(new(null, _feed, null, null, null, "2020-01-01T00:00:00Z", null, null))).Items);
    }

    private Task<SendId> AcceptAsync(string name, string market = "lu") =>
        world.AcceptAsync(new($"{_feed}-{name}") { Feed = _feed, Market = market, Meter = $"{_feed}-{name}" });

    private async Task<IReadOnlyList<Incident>> FindAsync(string? code = null) =>
        (await PageAsync(new(null, _feed, null, code, null, null, null, null))).Items;

    private Task<IncidentPage> PageAsync(IncidentParameters query)
    {
        var reading = new QueryReading();
        var filter = IncidentFilter.Read(query, reading);
        Assert.Empty(reading.Faults);
        return world.Get<IncidentStore>().FindAsync(filter, CancellationToken.None);
    }

    private async Task<ErrorEvent> ReportAsync(SendId id, string code, string text)
    {
        var errorEvent = new ErrorEvent
        {
            EventId = Guid.NewGuid(), SendId = id.Value, EsightId = "e", ErrorCode = code, ErrorMessage = text, DatapointKey = "kwh",
            TsIso8601 = "2022-10-01T00:00:00Z", ReceivedAt = DateTimeOffset.UtcNow,
        };
        await world.Get<ErrorEventIntake>().ApplyAsync(errorEvent, CancellationToken.None);
        return errorEvent;
    }
}
