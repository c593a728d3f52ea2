using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes.Ageing;
using EnergyLoad.SendApi.Tests.Delivery;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class AgeingBacklogTests(OneInstance world) : IClassFixture<OneInstance>
{
    private const int Messages = 1_001;
    private const string Told = "SELECT COUNT(*) FROM send_outbox WHERE kind = 'age'";

    [Fact]
    public async Task Each_message_of_a_long_backlog_is_told_once()
    {
        foreach (var chunk in Enumerable.Range(0, Messages).Chunk(400))
        {
            await world.AcceptManyAsync([.. chunk.Select(n => new PushedMessage($"old-{n}") { Meter = $"old-{n}" })]);
        }

        await world.ProjectAsync();
        var old = SendId.FloorOf(DateTimeOffset.UtcNow.AddHours(-32)).ToBytes()[..6];
        foreach (var table in new[] { "messages", "message_search" })
        {
            await world.ExecuteAsync(
                $"UPDATE {table} SET id = CONCAT(@old, SUBSTR(id, 7)), accepted_at = accepted_at - INTERVAL 2 HOUR", new { old });
        }

        await world.Get<AgeingBook>().RunAsync(CancellationToken.None);
        Assert.Equal(Messages, await world.ReadAsync<int>(Told));

        await world.Get<AgeingBook>().RunAsync(CancellationToken.None);
        Assert.Equal(Messages, await world.ReadAsync<int>(Told));
    }
}
