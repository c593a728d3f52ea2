using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.SendApi.Delivery;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class PauseTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private static readonly CurrentUser Admin = new("id-1", "anna", new RoleSet(Role.Admin));
    private static readonly AuditContext Somebody = new() { ActorUserId = "id-1" };

    [Fact]
    public async Task Nothing_is_claimed_while_delivery_is_paused_and_all_of_it_afterwards()
    {
        var gate = world.Get<GatePause>();
        var paused = await gate.PauseAsync(Admin, Somebody, CancellationToken.None);
        var again = await gate.PauseAsync(Admin with { Username = "bert" }, Somebody, CancellationToken.None);
        var id = await world.AcceptAsync(new("paused"));

        Assert.Equal((true, "anna"), (paused.Paused, paused.By));
        Assert.Equal(paused, again);
        Assert.Empty(await world.DeliverAsync());
        Assert.Null(await world.Get<ClaimStore>().NextDueAsync(CancellationToken.None));

        Assert.Equal(new DeliveryState(false, null, null), await gate.ResumeAsync(Admin, Somebody, CancellationToken.None));
        Assert.Equal(new DeliveryState(false, null, null), await gate.ResumeAsync(Admin, Somebody, CancellationToken.None));

        Assert.Equal([id], (await world.DeliverAsync()).Select(message => message.Id));
        Assert.Equal(2, await world.ReadAsync<int>("SELECT COUNT(*) FROM access_log WHERE actor_id = 'id-1'"));
    }
}
