using EnergyLoad.SendApi.Delivery;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class KeptLeaseTests(TwoInstances world) : IClassFixture<TwoInstances>
{
    [Fact]
    public async Task A_lease_is_kept_for_as_long_as_the_post_takes()
    {
        await world.ESight.BehaveAsync(new { latencyMs = 7_000, match = "lease-kept", times = 1 });
        var id = await world.AcceptAsync(new("lease-kept") { Readings = [("2023-10-01T00:00:00Z", "1")] });
        var slow = world.DrainAsync(0);
        await Eventually.GetAsync(
            () => world.ReadAsync<byte[]>("SELECT owner FROM messages WHERE id = @id", new { id = id.ToBytes() }),
            owner => owner.AsSpan().SequenceEqual(world.Get<ClaimStore>(0).Owner));

        await Eventually.GetAsync(
            async () =>
            {
                Assert.Empty(await world.Get<ClaimStore>(1).ClaimAsync(64, CancellationToken.None));
                return slow.IsCompleted;
            },
            hasEnded => hasEnded);
        await slow;
        Assert.Equal("delivered", await world.StateAsync(id));
        Assert.Single(await world.ESight.ReceivedAsync(), received => received.StartsWith("lease-kept", StringComparison.Ordinal));
    }
}
