using EnergyLoad.SendApi.Tests.Delivery;

namespace EnergyLoad.SendApi.Tests.Publishing;

public sealed class NoTopicTests(NoTopicTests.World world) : IClassFixture<NoTopicTests.World>
{
    [Fact]
    public async Task What_pub_sub_does_not_take_stays_in_the_outbox_and_delivery_goes_on()
    {
        var first = await world.AcceptAsync(new("no-topic-1"));
        await world.DrainAsync();
        await world.PublishAsync();

        Assert.Equal((1L, 1L), await world.ReadAsync<(long, long)>("SELECT COUNT(*), CAST(MIN(attempts) > 0 AS SIGNED) FROM send_outbox"));
        var second = await world.AcceptAsync(new("no-topic-2"));
        await world.DrainAsync();
        Assert.Equal(("delivered", "delivered"), (await world.StateAsync(first), await world.StateAsync(second)));

        await world.Google.MakeTopicAsync(World.Missing);
        await world.ExecuteAsync("UPDATE send_outbox SET due_at = UTC_TIMESTAMP(6)");
        await world.PublishAsync();

        Assert.Equal(4, (await world.Google.PullAsync(World.Missing)).Count);
        Assert.Equal(0, await world.ReadAsync<int>("SELECT COUNT(*) FROM send_outbox"));
    }

    public sealed class World : DeliveryWorld
    {
        internal static readonly string Missing = $"missing-{Guid.NewGuid():n}";

        protected override Dictionary<string, string?> Settings => new() { ["Publishing:Topic"] = Missing };
    }
}
