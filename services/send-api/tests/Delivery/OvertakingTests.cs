using EnergyLoad.MySql;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class OvertakingTests(OneInstance world) : IClassFixture<OneInstance>
{
    private const string Lock = "SELECT id FROM messages WHERE id = @id FOR UPDATE";

    [Fact]
    public async Task A_correction_does_not_overtake_what_it_corrects_while_that_is_locked()
    {
        var corrected = await world.AcceptAsync(new("locked-1"));
        var correction = await world.AcceptAsync(new("locked-2"));
        await world.AcceptAsync(new("locked-other") { Readings = [("2023-05-01T00:00:00Z", "1")] });

        await world.Database.InTransactionAsync(
            async (transaction, token) =>
            {
                await transaction.QueryAsync<byte[]>(Lock, new { id = corrected.ToBytes() }, token);
                await world.DrainAsync(stop: token);
                Assert.Equal("accepted", await world.StateAsync(correction));
                Assert.StartsWith("locked-other", Assert.Single(await ReceivedAsync("locked-")), StringComparison.Ordinal);
            },
            CancellationToken.None);

        await world.UntilAsync(correction, "delivered");
        Assert.Equal([$"locked-1_{corrected}", $"locked-2_{correction}"], (await ReceivedAsync("locked-")).Skip(1));
    }

    [Fact]
    public async Task Of_one_push_what_stands_first_is_delivered_first_whatever_its_name()
    {
        (string, string)[] readings = [("2023-06-01T00:00:00Z", "1")];
        var ids = await world.AcceptManyAsync([new("push-z") { Readings = readings }, new("push-a") { Readings = readings }]);

        await world.UntilAsync(ids[1], "delivered");

        Assert.Equal([$"push-z_{ids[0]}", $"push-a_{ids[1]}"], await ReceivedAsync("push-"));
    }

    [Fact]
    public async Task Of_each_meter_one_goes_on_however_many_wait_at_others()
    {
        var first = await world.AcceptManyAsync([new("crowd-0") { Meter = "LU_VPC_Crowd" }, new("alone-0") { Meter = "LU_VPC_Alone" }]);
        await world.AcceptManyAsync([.. Enumerable.Range(1, 70).Select(n => new PushedMessage($"crowd-{n:00}") { Meter = "LU_VPC_Crowd" })]);
        var waiting = await world.AcceptAsync(new("alone-1") { Meter = "LU_VPC_Alone" });

        var claimed = await world.Get<ClaimStore>().ClaimAsync(100, CancellationToken.None);
        Assert.Equal(first.ToHashSet(), claimed.Select(message => message.SendId).ToHashSet());
        await world.Database.InTransactionAsync(
            (transaction, token) => DeliveryOrder.LeaveAsync(
                transaction,
                [.. claimed.Select(message => message.Id)],
                [.. claimed.Select(message => message.GatewayHash)],
                token),
            CancellationToken.None);

        Assert.True(await world.ReadAsync<bool>(
            "SELECT due_at <= UTC_TIMESTAMP(6) FROM messages WHERE id = @id", new { id = waiting.ToBytes() }));
    }

    private async Task<IEnumerable<string>> ReceivedAsync(string prefix) =>
        (await world.ESight.ReceivedAsync()).Where(received => received.StartsWith(prefix, StringComparison.Ordinal));
}
