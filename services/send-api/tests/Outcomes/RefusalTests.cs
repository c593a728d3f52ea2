using System.Text;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Tests.Outcomes;

public sealed class RefusalTests(OutcomeWorld world) : IClassFixture<OutcomeWorld>
{
    private readonly string _sender = $"r{Guid.NewGuid():n}"[..12];

    [Fact]
    public async Task Every_refused_message_of_a_push_is_counted_once_by_the_first_of_its_faults()
    {
        var good = Encoding.UTF8.GetString(new PushedMessage(_sender).ToBytes());
        var other = good.Replace("\"1.50\"", "\"1.5\"", StringComparison.Ordinal).Replace("1.50", "1.51", StringComparison.Ordinal);
        await PushAsync($"[{good},{good},{{}},{{\"messageType\":\"x\"}},{other}]");
        await PushAsync("{}");
        await PushAsync("no json");
        await PushAsync("[]");

        var ledger = await world.CountAsync(LedgerGrouping.Sender);

        var group = Assert.Single(ledger.Groups, group => group.Sender == _sender);
        Assert.Equal((5L, 1L), (group.Refused, group.Messages.Accepted));
        Assert.True(group.Balanced);
        Assert.Equal(ledger.Total.Refused, ledger.Total.Refusals.Sum(code => code.Messages));
        Assert.Contains(ledger.Total.Refusals, code => code.Code == nameof(ReasonCode.MessageIdConflict));
        Assert.Contains(ledger.Total.Refusals, code => code.Code == nameof(ReasonCode.InvalidJson));
    }

    [Fact]
    public async Task A_message_that_says_its_market_and_feed_is_refused_under_them()
    {
        await PushAsync(Encoding.UTF8.GetString(new PushedMessage(_sender) { Market = _sender, Feed = "gas" }.ToBytes()));
        await PushAsync(Encoding.UTF8.GetString(new PushedMessage(_sender) { Market = _sender, Feed = "gas", Site = "OTHER" }.ToBytes()));

        foreach (var grouping in new[] { LedgerGrouping.Market, LedgerGrouping.Hour, LedgerGrouping.Day })
        {
            var ledger = await world.CountAsync(grouping);
            Assert.Contains(
                ledger.Groups,
                group => group.Refused >= 1 && group.Messages.Accepted >= 1 && (group.Market is null || group.Market == _sender));
        }
    }

    [Fact]
    public async Task A_flood_of_refusals_leaves_few_rows()
    {
        await Task.WhenAll(Enumerable.Range(0, 500).Select(_ => PushAsync("{}")));

        Assert.Equal(500, await world.ReadAsync<long>("SELECT CAST(SUM(messages) AS SIGNED) FROM refusal_counts WHERE sender = @sender", new { sender = _sender }));
        Assert.InRange(
            await world.ReadAsync<int>("SELECT COUNT(*) FROM refusal_counts WHERE sender = @sender", new { sender = _sender }), 1, 5);
    }

    private Task PushAsync(string body)
    {
        var process = world.Get<PushProcess>();
        var pusher = new Pusher(_sender, Check: null);
        return Push.ReadJson(Encoding.UTF8.GetBytes(body), DateTimeOffset.UtcNow) switch
        {
            Push.One one => process.TakeAsync(pusher, one.Reading),
            Push.Batch batch => process.TakeAsync(pusher, batch.Readings),
            Push.Malformed malformed => process.RefuseAsync(pusher, malformed),
            var push => throw new InvalidOperationException($"{push}"),
        };
    }
}
