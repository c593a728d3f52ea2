using EnergyLoad.SendApi.Delivery;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class HandBackTests(TwoInstances world) : IClassFixture<TwoInstances>
{
    [Fact]
    public async Task What_is_not_posted_yet_is_handed_back_at_once()
    {
        await world.ESight.BehaveAsync(new { latencyMs = 120_000, path = "/sites", times = 1 });
        var id = await world.AcceptAsync(new("handed-back"));

        using var stop = new CancellationTokenSource();
        var drain = world.DrainAsync(0, stop.Token);
        await Eventually.GetAsync(
            () => world.ReadAsync<byte[]>("SELECT owner FROM messages WHERE id = @id", new { id = id.ToBytes() }),
            owner => owner.AsSpan().SequenceEqual(world.Get<ClaimStore>(0).Owner));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drain.WaitAsync(TimeSpan.FromSeconds(10)));

        Assert.True(await world.ReadAsync<bool>(
            "SELECT owner = CAST('' AS BINARY(16)) AND due_at <= UTC_TIMESTAMP(6) FROM messages WHERE id = @id", new { id = id.ToBytes() }));
        await world.DrainAsync(1);
        Assert.Equal("delivered", await world.StateAsync(id));
        Assert.Single(await world.ESight.ReceivedAsync(), received => received.StartsWith("handed-back", StringComparison.Ordinal));
    }
}
