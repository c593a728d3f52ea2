using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Tests.Outcomes;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class ParkedTests(ParkedTests.World world) : IClassFixture<ParkedTests.World>
{
    private readonly string _name = $"LU_VPC_{Guid.NewGuid():n}"[..16];

    [Fact]
    public async Task A_parked_message_is_looked_at_again_after_the_configured_time_and_uses_up_no_attempt()
    {
        var id = await world.AcceptAsync(new(_name) { Meter = _name });
        await world.UntilAsync(id, "parked");
        Assert.InRange(await SecondsToLookAsync(id), 1, World.ParkedSeconds);

        await world.ExecuteAsync("UPDATE messages SET due_at = UTC_TIMESTAMP(6) WHERE id = @id", new { id = id.ToBytes() });
        await world.DrainAsync();

        Assert.Equal("parked", await world.StateAsync(id));
        Assert.InRange(await SecondsToLookAsync(id), 1, World.ParkedSeconds);
        Assert.Equal(0, await world.ReadAsync<int>("SELECT attempts FROM messages WHERE id = @id", new { id = id.ToBytes() }));
        Assert.DoesNotContain($"{_name}_{id}", await world.ESight.ReceivedAsync());
    }

    [Fact]
    public async Task A_refresh_of_the_lists_lets_all_parked_messages_of_the_new_meter_go_long_before_their_turn()
    {
        var ids = await world.AcceptManyAsync([.. Enumerable.Range(0, 30)
            .Select(n => new PushedMessage($"{_name}-{n}") { Meter = _name, Readings = [($"2022-10-01T00:{n:00}:00Z", "1")] })]);
        await Eventually.GetAsync(
            async () =>
            {
                await world.DrainAsync();
                return await world.ReadAsync<int>(
                    "SELECT COUNT(*) FROM message_search WHERE meter = @name AND state = 1", new { name = _name });
            },
            parked => parked == ids.Count);

        // The refresh is asked for by messages of yet other meters.
        await world.ESight.HasMetersAsync(_name);
        await Eventually.GetAsync(
            async () =>
            {
                await world.AcceptAsync(new($"{Guid.NewGuid():n}") { Meter = $"{Guid.NewGuid():n}" });
                await world.DrainAsync();
                return await world.ReadAsync<int>("SELECT COUNT(*) FROM messages WHERE meter = @name AND state = 2", new { name = _name });
            },
            delivered => delivered == ids.Count);

        Assert.Equal(
            ids.Count, (await world.ESight.ReceivedAsync()).Count(received => received.StartsWith($"{_name}-", StringComparison.Ordinal)));
    }

    private Task<long> SecondsToLookAsync(SendId id) => world.ReadAsync<long>(
        "SELECT TIMESTAMPDIFF(SECOND, UTC_TIMESTAMP(6), due_at) + 1 FROM messages WHERE id = @id", new { id = id.ToBytes() });

    public sealed class World : DeliveryWorld
    {
        public const int ParkedSeconds = 1_800;

        protected override Dictionary<string, string?> Settings => new() { ["Delivery:ParkedSeconds"] = $"{ParkedSeconds}" };
    }
}
