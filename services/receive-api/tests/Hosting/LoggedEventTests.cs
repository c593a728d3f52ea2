using EnergyLoad.ReceiveApi.Hosting;
using EnergyLoad.Testing;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

public sealed class LoggedEventTests
{
    [Fact]
    public void No_two_log_events_share_an_id() => Assert.Empty(LoggedEvents.UsedTwice(typeof(ReceiveMetrics).Assembly));
}
