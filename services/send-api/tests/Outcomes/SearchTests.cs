using System.Net;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class SearchTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    // Until this is rolled back, who accepts a message with the same key waits for it.
    private const string TakeKey = """
        INSERT INTO messages (id, sender, message_key, body, body_hash, splice_at, gateway_urn, gateway_hash, market, feed, site, meter,
          readings, first_at, last_at, accepted_at, due_at)
        SELECT @id, sender, @key, body, body_hash, splice_at, gateway_urn, gateway_hash, market, feed, site, meter,
          readings, first_at, last_at, accepted_at, due_at
        FROM messages WHERE id = @model
        """;

    private readonly string _name = $"m{Guid.NewGuid():n}"[..12];

    public static TheoryData<string> Queries => new(
        "messageId=x", "messageId=x&sender=s&meter=M", "sender=s", "market=lu", "feed=gas", "site=LU_VPC", "meter=M", "meter=M&at=2020-01-01T00:00:00Z",
        "state=dead", "state=settled", "state=delivered", "reason=GaveUp", "reason=Success", "from=2020-01-01T00:00:00Z", "market=lu&state=rejected&from=2020-01-01T00:00:00Z", "errorCode=E1&reason=RejectedByReport");

    [Fact]
    public async Task Each_condition_finds_its_messages_and_no_others()
    {
        var one = await world.AcceptAsync(
            new(_name) { Sender = $"{_name}-a", Market = "hu", Feed = $"{_name}", Site = $"{_name}", Meter = _name });
        var other = await world.AcceptAsync(new($"{_name}-2") { Sender = $"{_name}-b", Market = _name, Meter = $"{_name}-2" });
        await world.ProjectAsync();

        foreach (var query in new[] { $"messageId={_name}", $"sender={_name}-a", $"feed={_name}", $"site=HU_{_name}", $"meter={_name}", $"market=hu&meter={_name}" })
        {
            Assert.Equal([one], await FindAsync(query));
        }

        Assert.Equal([other], await FindAsync($"market={_name}"));
        Assert.Empty(await FindAsync($"meter={_name}&sender={_name}-b"));
        Assert.Empty(await FindAsync($"meter={_name}", owner: $"{_name}-b"));
    }

    [Fact]
    public async Task Pages_follow_each_other_newest_first_and_lose_none()
    {
        var ids = new List<SendId>();
        for (var n = 0; n < 7; n++)
        {
            ids.Add(await world.AcceptAsync(new($"{_name}-{n}") { Meter = _name }));
        }

        await world.ProjectAsync();
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await PageAsync($"meter={_name}&limit=3{(cursor is null ? "" : $"&cursor={cursor}")}");
            found.AddRange(page.Items.Select(item => item.SendId));
            cursor = page.Next;
        }
        while (cursor is not null);

        Assert.Equal(Enumerable.Reverse(ids).Select(id => id.ToString()), found);
    }

    [Fact]
    public async Task A_period_is_one_of_acceptance_with_its_first_instant_and_without_its_last()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.ProjectAsync();
        var accepted = Assert.Single((await PageAsync($"meter={_name}")).Items).AcceptedAt;

        Assert.Equal([id], await FindAsync($"meter={_name}&from={accepted:O}"));
        Assert.Empty(await FindAsync($"meter={_name}&to={accepted:O}"));
        Assert.Equal([id], await FindAsync($"meter={_name}&to={accepted.AddMicroseconds(1):O}"));
    }

    [Fact]
    public async Task A_message_is_found_by_what_has_become_of_it()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.ProjectAsync();
        Assert.Equal([id], await FindAsync($"meter={_name}&state=accepted"));

        await world.DeliverAsync(HttpStatusCode.BadRequest);
        await world.ProjectAsync();

        Assert.Empty(await FindAsync($"meter={_name}&state=accepted"));
        Assert.Contains(id, await FindAsync("state=rejected"));
        Assert.Contains(id, await FindAsync("reason=BadRequest"));
    }

    [Fact]
    public async Task Delivered_becomes_settled_when_its_window_ends()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync();
        await world.ProjectAsync();
        Assert.Equal([id], await FindAsync($"meter={_name}&state=delivered"));
        Assert.Empty(await FindAsync($"meter={_name}&state=settled"));

        await world.ExecuteAsync(
            "UPDATE messages SET settles_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = @id", new { id = id.ToBytes() });
        await world.ExecuteAsync(
            "UPDATE message_search SET settles_at = UTC_TIMESTAMP(6) - INTERVAL 1 SECOND WHERE id = @id", new { id = id.ToBytes() });

        Assert.Empty(await FindAsync($"meter={_name}&state=delivered"));
        Assert.Equal("settled", Assert.Single((await PageAsync($"meter={_name}&state=settled")).Items).State);
    }

    [Fact]
    public async Task An_error_report_is_found_at_once_by_its_reason_and_its_code()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.DeliverAsync();
        await world.ProjectAsync();

        await ReportAsync(id, "2022-10-01T00:30:00Z", _name);

        Assert.Equal([id], await FindAsync($"reason=RejectedByReport&errorCode={_name}"));
    }

    [Fact]
    public async Task One_instant_of_one_meter_answers_with_the_readings_own_state()
    {
        var id = await world.AcceptAsync(new(_name)
        {
            Meter = _name,
            Readings = [("2022-10-30T02:00:00+02:00", "1"), ("2022-10-30T02:30:00+02:00", "2.50"), ("2022-10-30T02:30:00+01:00", "3")],
        });
        await world.AcceptAsync(
            new($"{_name}-2") { Meter = _name, Readings = [("2022-10-30T00:00:00Z", "1"), ("2022-10-30T01:00:00Z", "2")] });
        await world.DeliverAsync();
        await world.ProjectAsync();
        await ReportAsync(id, "2022-10-30T00:30:00Z", "E7");

        // Both 02:30 of the autumn night are asked for apart.
        var first = Assert.Single((await PageAsync($"meter={_name}&at=2022-10-30T02:30:00%2B02:00")).Items);
        var second = Assert.Single((await PageAsync($"meter={_name}&at=2022-10-30T01:30:00Z")).Items);

        Assert.Equal((id.ToString(), "rejected", "E7"), (first.SendId, Assert.Single(first.Readings!).State, first.Readings![0].ErrorCode));
        Assert.Equal(("delivered", "3"), (Assert.Single(second.Readings!).State, second.Readings![0].Value.GetRawText()));
        Assert.Empty((await PageAsync($"meter={_name}&at=2022-10-30T00:45:00Z")).Items);
    }

    [Fact]
    public async Task A_message_that_is_committed_late_under_an_older_id_is_found_all_the_same()
    {
        var late = await world.AcceptAsync(new($"{_name}-late") { Meter = _name });
        await world.ExecuteAsync("UPDATE messages SET id = @hidden WHERE id = @id", new { hidden = new byte[16], id = late.ToBytes() });
        var early = await world.AcceptAsync(new($"{_name}-early") { Meter = _name });
        await world.ProjectAsync();
        await world.ExecuteAsync("UPDATE messages SET id = @id WHERE id = @hidden", new { hidden = new byte[16], id = late.ToBytes() });

        await world.ProjectAsync();

        Assert.Equal([early, late], await FindAsync($"meter={_name}"));
    }

    [Fact]
    public async Task A_message_whose_commit_took_long_is_added_by_the_next_round()
    {
        var model = await world.AcceptAsync(new($"{_name}-model") { Meter = _name });
        await world.ProjectAsync();
        Task<SendId>? committing = null;
        var next = await world.Get<Database>().InSnapshotAsync(
            async (transaction, token) =>
            {
                var parameters = new { id = new byte[16], key = $"{_name}-late", model = model.ToBytes() };
                await transaction.ExecuteAsync(TakeKey, parameters, token);

                // On a thread of its own: a driver may wait for the lock without giving its thread back.
                committing = Task.Run(() => world.AcceptAsync(new(parameters.key) { Meter = _name }), token);
                await Task.Delay(100, token);
                var accepted = await world.AcceptAsync(new($"{_name}-next") { Meter = _name });
                await Task.Delay(800, token);
                await world.Get<SearchProjector>().RunAsync(wait: false, token);
                Assert.Equal([accepted, model], await FindAsync($"meter={_name}"));
                return accepted;
            },
            CancellationToken.None);
        var late = await committing!;

        await world.Get<SearchProjector>().RunAsync(wait: false, CancellationToken.None);

        Assert.Equal([next, late, model], await FindAsync($"meter={_name}"));
    }

    [Fact]
    public async Task What_became_of_a_message_is_shown_by_the_next_round()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.ProjectAsync();
        await world.DeliverAsync();

        await world.Get<SearchProjector>().RunAsync(wait: false, CancellationToken.None);

        Assert.Equal([id], await FindAsync($"meter={_name}&state=delivered"));
    }

    [Fact]
    public async Task One_id_from_a_clock_that_is_ahead_hides_none_that_follow()
    {
        var ahead = await world.AcceptAsync(new($"{_name}-ahead") { Meter = _name });
        var id = SendId.FloorOf(DateTimeOffset.UtcNow.AddHours(1)).ToBytes();
        await world.ExecuteAsync("UPDATE messages SET id = @id WHERE id = @now", new { id, now = ahead.ToBytes() });
        await world.ProjectAsync();
        var next = await world.AcceptAsync(new($"{_name}-next") { Meter = _name });
        await world.ProjectAsync();

        Assert.Equal([SendId.FromBytes(id), next], await FindAsync($"meter={_name}"));
    }

    [Theory]
    [MemberData(nameof(Queries))]
    public async Task Each_search_reads_one_index_in_its_order(string query)
    {
        var filter = Read(query, owner: null, out var reading);
        Assert.Empty(reading.Faults);
        var parameters = await SearchSql.ParametersAsync(filter, world.Database.QueryAsync<string?>, CancellationToken.None);
        parameters["most"] = 10;

        // MySQL 9 shows a tree unless it is asked for the table, which MariaDB knows by no name.
        var isMariaDb = (await world.ReadAsync<string>("SELECT VERSION()")).Contains("MariaDB", StringComparison.Ordinal);
        var explain = isMariaDb ? "EXPLAIN" : "EXPLAIN FORMAT=TRADITIONAL";
        var plan = await world.Database.QueryAsync<PlanRow>($"{explain} {SearchStore.SqlOf(filter)}", parameters, CancellationToken.None);

        var leading = plan[0];
        Assert.Equal(SearchSql.IndexOf(filter), leading.Key);
        Assert.Equal(
            query.StartsWith("messageId", StringComparison.Ordinal), leading.Extra?.Contains("filesort", StringComparison.Ordinal) == true);
        Assert.Equal("PRIMARY", plan.Single(row => row.Table == (leading.Table == "m" ? "s" : "m")).Key);
    }

    [Theory]
    [InlineData("at=2022-10-01T00:00:00Z")]
    [InlineData("meter=m&at=yesterday")]
    [InlineData("state=lost")]
    [InlineData("state=0")]
    [InlineData("reason=Because")]
    [InlineData("from=2022-10-01")]
    [InlineData("limit=0")]
    [InlineData("limit=501")]
    [InlineData("cursor=x")]
    [InlineData("sender=")]
    public void A_query_that_is_not_valid_is_told_so(string query)
    {
        Read(query, owner: null, out var reading);
        Assert.NotEmpty(reading.Faults);
    }

    private static SearchFilter Read(string query, string? owner, out QueryReading reading)
    {
        var values = query.Split('&').Select(pair => pair.Split('=')).ToDictionary(
            pair => pair[0], pair => Uri.UnescapeDataString(pair[1]));
        string? Of(string name) => values.GetValueOrDefault(name);
        var parameters = new SearchParameters(
            Of("messageId"), Of("sender"), Of("market"), Of("feed"), Of("site"), Of("meter"), Of("at"), Of("state"), Of("reason"), Of("errorCode"),
            Of("from"), Of("to"), Of("cursor"), Of("limit"));
        reading = new QueryReading();
        return SearchFilter.Read(parameters, owner, reading);
    }

    private Task<MessagePage> PageAsync(string query, string? owner = null)
    {
        var filter = Read(query, owner, out var reading);
        Assert.Empty(reading.Faults);
        return world.Get<SearchStore>().FindAsync(filter, CancellationToken.None);
    }

    private async Task<IEnumerable<SendId>> FindAsync(string query, string? owner = null) =>
        (await PageAsync(query, owner)).Items.Select(item => new SendId(Guid.Parse(item.SendId)));

    private Task ReportAsync(SendId id, string instant, string code) => world.Get<ErrorEventIntake>().ApplyAsync(
        new ErrorEvent
        {
            EventId = Guid.NewGuid(), SendId = id.Value, EsightId = "e", ErrorCode = code, ErrorMessage = "no", DatapointKey = "kwh", TsIso8601 = instant,
            ReceivedAt = DateTimeOffset.UtcNow,
        },
        CancellationToken.None);

    private sealed class PlanRow
    {
        public string? Table { get; init; }

        public string? Key { get; init; }

        public string? Extra { get; init; }
    }
}
