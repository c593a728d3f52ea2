using EnergyLoad.SendApi.Tests.Outcomes;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class ScaleOutTests(ScaleOutTests.World world) : IClassFixture<ScaleOutTests.World>
{
    private const int Messages = 200;
    private const int MetersOfWorld = 20;

    [Fact]
    public async Task Three_instances_post_each_message_once_and_those_of_a_meter_in_the_order_of_their_acceptance()
    {
        // Messages of one meter overlap each other all, so that their order matters.
        var ids = await world.AcceptManyAsync(
            [.. Enumerable.Range(0, Messages).Select(n => new PushedMessage($"scale-{n:000}") { Meter = World.MeterOf(n) })]);

        await Eventually.GetAsync(
            async () =>
            {
                await Task.WhenAll(Enumerable.Range(0, 3).Select(instance => world.DrainAsync(instance)));
                return await world.ReadAsync<int>("SELECT COUNT(*) FROM messages WHERE state = 2");
            },
            delivered => delivered == Messages);

        var received = await world.ESight.ReceivedAsync();
        Assert.Equal(ids.Select((id, n) => $"scale-{n:000}_{id}").Order(), received.Order());
        for (var meter = 0; meter < MetersOfWorld; meter++)
        {
            var ofMeter = received.Where(id => int.Parse(id.AsSpan(6, 3), null) % MetersOfWorld == meter).ToArray();
            Assert.Equal(ofMeter.Order(), ofMeter);
        }

        var owners = await world.ReadAsync<int>("SELECT COUNT(DISTINCT owner) FROM messages WHERE state = 2");
        Assert.True(owners > 1, "One instance did it all: the test says nothing.");
        Assert.Equal(Messages, await world.ReadAsync<int>("SELECT COUNT(*) FROM send_outbox"));
    }

    public sealed class World : DeliveryWorld
    {
        protected override int Instances => 3;

        protected override Dictionary<string, string?> Settings => new() { ["Delivery:Concurrency"] = "8" };

        protected override IReadOnlyList<string> Meters => [.. Enumerable.Range(0, MetersOfWorld).Select(MeterOf)];

        internal static string MeterOf(int n) => $"LU_VPC_Scale_{n % MetersOfWorld}";
    }
}
