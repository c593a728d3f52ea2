using EnergyLoad.SendApi.Hosting;
using EnergyLoad.Testing;

namespace EnergyLoad.SendApi.Tests;

public sealed class LoggedEventTests
{
    [Fact]
    public void No_two_log_events_share_an_id() => Assert.Empty(LoggedEvents.UsedTwice(typeof(SendMetrics).Assembly));
}
