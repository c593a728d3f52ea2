using EnergyLoad.Testing;

namespace EnergyLoad.MySql.Tests;

public sealed class DatabaseClockTests(TestDatabase server) : IClassFixture<TestDatabase>
{
    private static readonly TimeSpan Near = TimeSpan.FromSeconds(2);

    [Fact]
    public async Task An_instance_whose_clock_is_wrong_goes_by_the_database_s_time()
    {
        var wrong = new WrongClock { Ahead = TimeSpan.FromMinutes(7) };
        var clock = new DatabaseClock(server.Database, wrong);

        await AssertNearAsync(clock);
        wrong.Ahead = TimeSpan.FromMinutes(-7);
        await AssertNearAsync(clock);
    }

    [Fact]
    public async Task It_is_read_again_after_a_while()
    {
        var wrong = new WrongClock();
        var clock = new DatabaseClock(server.Database, wrong);
        await AssertNearAsync(clock);

        // A processor's counter that has run an hour ahead would carry the time with it.
        wrong.Elapsed = TimeSpan.FromHours(1);
        await AssertNearAsync(clock);
    }

    private async Task AssertNearAsync(DatabaseClock clock)
    {
        var now = await clock.GetNowAsync(CancellationToken.None);
        var time = (await server.Database.QueryAsync<DateTimeOffset>("SELECT UTC_TIMESTAMP(6)", null, CancellationToken.None))[0];
        Assert.InRange(now, time - Near, time + Near);
    }

    private sealed class WrongClock : TimeProvider
    {
        public TimeSpan Ahead { get; set; }

        public TimeSpan Elapsed { get; set; }

        public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;

        public override long GetTimestamp() => base.GetTimestamp() + (long)(Elapsed.TotalSeconds * TimestampFrequency);
    }
}
