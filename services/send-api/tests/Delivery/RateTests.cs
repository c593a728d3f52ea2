using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Tests.Outcomes;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class RateTests(RateTests.World world) : IClassFixture<RateTests.World>
{
    private const int Rate = 40;
    private const int Messages = 60;

    [Fact]
    public async Task Two_instances_together_never_claim_more_than_the_rate_allows()
    {
        await world.AcceptManyAsync([.. Enumerable.Range(0, Messages)
            .Select(n => new PushedMessage($"rate-{n}") { Readings = [($"2022-10-01T00:{n:00}:00Z", "1")] })]);
        var claims = await Task.WhenAll(ClaimAllAsync(0), ClaimAllAsync(1));

        // The database's times of all claims, from both instances: in no stretch of time more than the rate and what may start at once.
        var times = claims.SelectMany(times => times).Order().ToArray();
        Assert.Equal(Messages, times.Length);
        for (var first = 0; first < times.Length; first++)
        {
            for (var last = first; last < times.Length; last++)
            {
                var allowed = (Rate / 4) + (Rate * (times[last] - times[first]).TotalSeconds);
                Assert.True(last - first + 1 <= allowed + 1, $"{last - first + 1} from {times[first]:O} to {times[last]:O}");
            }
        }
    }

    /// <summary>Claims as fast as it can until nothing is left, and leaves nothing to claim again.</summary>
    private async Task<List<DateTimeOffset>> ClaimAllAsync(int instance)
    {
        var claims = world.Get<ClaimStore>(instance);
        var times = new List<DateTimeOffset>();
        while (await world.ReadAsync<int>("SELECT COUNT(*) FROM messages WHERE state = 0 AND owner = CAST('' AS BINARY(16))") > 0)
        {
            var claimed = await claims.ClaimAsync(64, CancellationToken.None);
            times.AddRange(claimed.Select(message => message.Now));
            await (claimed.Count == 0 ? Task.CompletedTask : claims.RenewAsync([.. claimed.Select(message => message.Id)], CancellationToken.None));
        }

        return times;
    }

    [Fact]
    public async Task What_is_claimed_and_not_posted_gives_its_token_back()
    {
        await world.ExecuteAsync("UPDATE messages SET due_at = '9999-12-31'");
        await world.AcceptAsync(new("rate-back") { Meter = "LU_VPC_None", Readings = [("2022-10-02T00:00:00Z", "1")] });
        await world.ExecuteAsync("UPDATE esight_gate SET tokens = 3.5, tokens_at = UTC_TIMESTAMP(6) + INTERVAL 1 HOUR");

        await world.DrainAsync();

        Assert.Equal(3.5, await world.ReadAsync<double>("SELECT tokens FROM esight_gate"), 3);
        await world.ExecuteAsync("UPDATE esight_gate SET tokens = 0, tokens_at = UTC_TIMESTAMP(6)");
    }

    public sealed class World : DeliveryWorld
    {
        protected override int Instances => 2;

        protected override Dictionary<string, string?> Settings => new() { ["Delivery:RatePerSecond"] = $"{Rate}" };
    }
}
