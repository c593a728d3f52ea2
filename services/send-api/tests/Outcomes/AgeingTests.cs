using System.Text.Json;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Ageing;
using EnergyLoad.SendApi.Outcomes.Publishing;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class AgeingTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    [Fact]
    public async Task A_message_that_waits_is_told_once_for_each_threshold_and_one_that_does_not_wait_never()
    {
        var waits = await world.AcceptAsync(new("waits") { Meter = "waits" });
        var parked = await world.AcceptAsync(new("parked") { Meter = "parked" });
        await world.ExecuteAsync("UPDATE messages SET state = 1, reason = 'NoMeterId' WHERE id = @id", new { id = parked.ToBytes() });
        await world.ProjectAsync();
        await RunAsync();
        Assert.Empty(await ToldAsync());

        waits = await AgeAsync(waits, hours: 2);
        parked = await AgeAsync(parked, hours: 2);
        await RunAsync();
        await RunAsync();
        Assert.Equal(
            [(waits.Value, MessageState.Accepted, 60), (parked.Value, MessageState.Parked, 60)],
            (await ToldAsync()).OrderBy(told => told.State).Select(told => (told.SendId, told.State, told.ThresholdMinutes)));

        parked = await AgeAsync(parked, hours: 23);
        await RunAsync();
        await RunAsync();
        var last = (await ToldAsync()).Single(told => told.ThresholdMinutes > 60);
        Assert.Equal((parked.Value, "NoMeterId", 24 * 60), (last.SendId, last.Reason, last.ThresholdMinutes));
        Assert.Equal(3, (await ToldAsync()).Count);

        await world.DeliverAsync();
        await world.ProjectAsync();
        await AgeAsync(waits, hours: 48);
        await RunAsync();
        Assert.Equal(3, (await ToldAsync()).Count);
    }

    private Task RunAsync() => world.Get<AgeingBook>().RunAsync(CancellationToken.None);

    private async Task<List<ToldAge>> ToldAsync()
    {
        var rows = await world.Database.QueryAsync<byte[]>(
            "SELECT payload FROM send_outbox WHERE kind = 'age'", null, CancellationToken.None);
        return rows.ConvertAll(row => JsonSerializer.Deserialize(row, PublishingJson.Default.ToldAge)!);
    }

    /// <summary>Moves a message into the past, its id's own time included.</summary>
    private async Task<SendId> AgeAsync(SendId id, int hours)
    {
        byte[] old = [.. SendId.FloorOf(DateTimeOffset.UtcNow.AddHours(-hours - 30)).ToBytes().Take(6), .. id.ToBytes().Skip(6)];
        foreach (var table in new[] { "messages", "message_search" })
        {
            await world.ExecuteAsync(
                $"UPDATE {table} SET id = @old, accepted_at = accepted_at - INTERVAL @hours HOUR WHERE id = @id", new { old, hours, id = id.ToBytes() });
        }

        await world.ExecuteAsync("UPDATE delivery_order SET message_id = @old WHERE message_id = @id", new { old, id = id.ToBytes() });
        return SendId.FromBytes(old);
    }
}
