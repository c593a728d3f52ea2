using System.Net;
using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class StormTests(StormTests.World world) : IClassFixture<StormTests.World>, IAsyncLifetime
{
    private const int StormMeters = 5;
    private static readonly CurrentUser Admin = new("id-1", "anna", new RoleSet(Role.Admin));
    private readonly string _name = $"s{Guid.NewGuid():n}"[..8];

    public async Task InitializeAsync()
    {
        await world.ESight.ForgetBehaviourAsync();
        await world.ExecuteAsync("UPDATE messages SET state = 5, due_at = '9999-12-31' WHERE state IN (0, 1)");
        await world.ExecuteAsync("DELETE FROM delivery_order");
        await world.ExecuteAsync(
            "UPDATE esight_gate SET failures = 0, closed_reason = NULL, closed_at = NULL, closed_until = '2000-01-01', alike_code = '', alike_meters = ''");
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Rejections_of_many_meters_alike_hold_the_delivery_and_keep_the_rest_of_the_backlog()
    {
        await RejectAsync(HttpStatusCode.BadRequest);
        var ids = await PushAsync(3 * StormMeters);

        await world.DrainAsync();

        Assert.Equal(StormMeters, await CountAsync("rejected", ids));
        var held = (await world.Get<GatePause>().ReadAsync(CancellationToken.None)).Held!;
        Assert.Equal(("RejectionStorm", "BadRequest"), (held.Reason, held.RejectedAs));
        Assert.True(held.ProbeAt > held.Since);
        Assert.Equal(2 * StormMeters, await CountAsync("accepted", ids));
    }

    [Fact]
    public async Task An_operators_resume_ends_it_and_is_audited()
    {
        await RejectAsync(HttpStatusCode.BadRequest);
        var ids = await PushAsync(2 * StormMeters);
        await world.DrainAsync();
        await world.ESight.ForgetBehaviourAsync();

        var state = await world.Get<GatePause>().ResumeAsync(Admin, new AuditContext { ActorUserId = _name }, CancellationToken.None);
        await world.DrainAsync();

        Assert.Equal(new DeliveryState(false, null, null), state);
        Assert.Equal((StormMeters, StormMeters), (await CountAsync("rejected", ids), await CountAsync("delivered", ids)));
        Assert.Equal(1, await world.ReadAsync<int>("SELECT COUNT(*) FROM access_log WHERE actor_id = @name", new { name = _name }));
    }

    [Fact]
    public async Task A_probe_that_is_taken_ends_it_and_one_that_is_rejected_alike_does_not()
    {
        await RejectAsync(HttpStatusCode.UnprocessableEntity);
        var ids = await PushAsync(3 * StormMeters);
        await world.DrainAsync();

        await ProbeAsync();
        Assert.Equal(StormMeters + 1, await CountAsync("rejected", ids));
        Assert.Equal("RejectionStorm", (await world.Get<GatePause>().ReadAsync(CancellationToken.None)).Held?.Reason);

        await world.ESight.ForgetBehaviourAsync();
        await ProbeAsync();
        Assert.Null((await world.Get<GatePause>().ReadAsync(CancellationToken.None)).Held);
        Assert.Equal((StormMeters + 1, (2 * StormMeters) - 1), (await CountAsync("rejected", ids), await CountAsync("delivered", ids)));
    }

    [Fact]
    public async Task Rejections_of_one_meter_hold_nothing()
    {
        await RejectAsync(HttpStatusCode.BadRequest);
        var ids = await world.AcceptManyAsync([.. Enumerable.Range(0, 3 * StormMeters)
            .Select(n => new Outcomes.PushedMessage($"{_name}-{n}") { Meter = World.MeterOf(0), Readings = [($"2022-10-01T00:{n:00}:00Z", "1")] })]);

        await world.DrainAsync();

        Assert.Equal(3 * StormMeters, await CountAsync("rejected", ids));
        Assert.Null((await world.Get<GatePause>().ReadAsync(CancellationToken.None)).Held);
    }

    [Fact]
    public async Task Other_words_of_esights_in_between_begin_the_row_anew()
    {
        await RejectAsync(HttpStatusCode.BadRequest);
        var ids = new List<SendId>();
        for (var round = 0; round < 3; round++)
        {
            ids.AddRange(await PushAsync(StormMeters - 1, $"{_name}-{round}"));
            await world.DrainAsync();
            await world.ESight.ForgetBehaviourAsync();
            ids.AddRange(await PushAsync(1, $"{_name}-{round}-good"));
            await world.DrainAsync();
            await RejectAsync(HttpStatusCode.BadRequest);
        }

        Assert.Equal((3 * (StormMeters - 1), 3), (await CountAsync("rejected", ids), await CountAsync("delivered", ids)));
    }

    [Fact]
    public async Task An_outage_in_between_does_not_begin_the_row_anew()
    {
        await RejectAsync(HttpStatusCode.BadRequest);
        var ids = new List<SendId>(await PushAsync(StormMeters - 1));
        await world.DrainAsync();
        await world.ESight.BehaveAsync(new { status = 503, times = 1 });
        ids.AddRange(await PushAsync(3, $"{_name}-more", first: StormMeters));
        await world.DrainAsync();

        Assert.Equal("RejectionStorm", (await world.Get<GatePause>().ReadAsync(CancellationToken.None)).Held?.Reason);
    }

    private Task RejectAsync(HttpStatusCode status) => world.ESight.BehaveAsync(new { status = (int)status });

    /// <summary>Messages of different meters.</summary>
    private Task<IReadOnlyList<SendId>> PushAsync(int count, string? name = null, int first = 0) => world.AcceptManyAsync(
        [.. Enumerable.Range(first, count).Select(n => new Outcomes.PushedMessage($"{name ?? _name}-{n}") { Meter = World.MeterOf(n) })]);

    private async Task<int> CountAsync(string state, IReadOnlyList<SendId> ids)
    {
        var states = new List<string>();
        foreach (var id in ids)
        {
            states.Add(await world.StateAsync(id));
        }

        return states.Count(found => found == state);
    }

    /// <summary>Lets the time of the next probe come.</summary>
    private async Task ProbeAsync()
    {
        await world.ExecuteAsync("UPDATE esight_gate SET closed_until = UTC_TIMESTAMP(6)");
        await world.DrainAsync();
    }

    public sealed class World : DeliveryWorld
    {
        protected override Dictionary<string, string?> Settings => new()
        {
            ["Delivery:StormMeters"] = $"{StormMeters}",
            ["Delivery:StormProbeSeconds"] = "3600",

            // One after the other: what is under way when the gate closes comes to its end.
            ["Delivery:Concurrency"] = "1",
            ["Delivery:FirstDelayMilliseconds"] = "10",
        };

        protected override IReadOnlyList<string> Meters => [.. Enumerable.Range(0, 3 * StormMeters).Select(MeterOf)];

        internal static string MeterOf(int n) => $"LU_VPC_Storm_{n}";
    }
}
