using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class GivingUpTests(OneInstance world) : IClassFixture<OneInstance>
{
    [Fact]
    public async Task A_message_dies_when_a_try_fails_after_the_stated_time_and_not_before_and_a_dead_one_is_kept()
    {
        await world.ESight.BehaveAsync(new { status = 503, match = "giving-up" });
        var id = await world.AcceptAsync(new("giving-up"));
        await AgeAsync(id, hours: 71);
        await world.DrainAsync();
        Assert.Equal("accepted", await world.StateAsync(id));

        await AgeAsync(id, hours: 2);
        await world.DrainAsync();

        var status = (await world.Get<StatusStore>().FindAsync(id, CancellationToken.None))!;
        Assert.Equal(("dead", "GaveUp"), (status.State, status.Reason));
        Assert.All(status.Attempts, attempt => Assert.Equal("ServiceUnavailable", attempt.Reason));
        await world.ProjectAsync();
        var found = await world.Get<SearchStore>().FindAsync(
            new SearchFilter { Reason = nameof(ReasonCode.GaveUp) }, CancellationToken.None);
        Assert.Equal(id.ToString(), Assert.Single(found.Items).SendId);
    }

    [Fact]
    public async Task A_parked_message_never_dies()
    {
        var id = await world.AcceptAsync(new("parked-for-long") { Meter = "LU_VPC_None" });
        await world.UntilAsync(id, "parked");
        await AgeAsync(id, hours: 24 * 40);
        await world.DrainAsync();

        Assert.Equal("parked", await world.StateAsync(id));
    }

    private Task<int> AgeAsync(SendId id, int hours) => world.ExecuteAsync(
        "UPDATE messages SET accepted_at = accepted_at - INTERVAL @hours HOUR, due_at = UTC_TIMESTAMP(6) WHERE id = @id", new { hours, id = id.ToBytes() });
}
