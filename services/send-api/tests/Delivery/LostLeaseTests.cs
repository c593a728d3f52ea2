using EnergyLoad.SendApi.Delivery;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class LostLeaseTests(TwoInstances world) : IClassFixture<TwoInstances>
{
    [Fact]
    public async Task An_instance_that_cannot_renew_its_lease_does_not_post_what_another_has_posted_meanwhile()
    {
        await world.ESight.BehaveAsync(new { latencyMs = 9_000, path = "/sites", times = 1 });
        var id = await world.AcceptAsync(new("lease-lost"));
        var slow = world.DrainAsync(0);
        await Eventually.GetAsync(
            () => world.ReadAsync<byte[]>("SELECT owner FROM messages WHERE id = @id", new { id = id.ToBytes() }),
            owner => owner.AsSpan().SequenceEqual(world.Get<ClaimStore>(0).Owner));
        await world.ExecuteAsync($"""
            CREATE TRIGGER no_renewal BEFORE UPDATE ON messages FOR EACH ROW
              IF NEW.owner = OLD.owner AND NEW.state = 0 AND NEW.owner = X'{Convert.ToHexString(world.Get<ClaimStore>(0).Owner)}' THEN
                SIGNAL SQLSTATE '45000' SET MESSAGE_TEXT = 'no renewal';
              END IF
            """);
        try
        {
            await Eventually.GetAsync(
                async () =>
                {
                    await world.DrainAsync(1);
                    return await world.StateAsync(id);
                },
                state => state == "delivered");
            Assert.False(slow.IsCompleted, "It was not slow enough: the test says nothing.");
            await slow;
        }
        finally
        {
            await world.ExecuteAsync("DROP TRIGGER no_renewal");
        }

        Assert.Equal([$"lease-lost_{id}"], await world.ESight.ReceivedAsync());
    }
}
