using EnergyLoad.MySql;

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
                Assert.StartsWith("locked-other", Assert.Single(await world.ESight.ReceivedAsync()), StringComparison.Ordinal);
            },
            CancellationToken.None);

        await world.UntilAsync(correction, "delivered");
        Assert.Equal([$"locked-1_{corrected}", $"locked-2_{correction}"], (await world.ESight.ReceivedAsync()).Skip(1));
    }
}
