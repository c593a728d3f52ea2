using System.Net;
using EnergyLoad.ReceiveApi.Tests.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class DatabaseAwayTests : IAsyncLifetime
{
    private readonly ReceiveWorld _world = new() { Relay = new TcpRelay() };
    private readonly string _id = Reports.NewId();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task While_the_database_is_away_a_report_is_503_and_when_it_is_back_the_same_report_is_kept_once()
    {
        var body = Reports.With(_id, Reports.MessageId(Guid.CreateVersion7()), Reports.Item("E1"));
        using var ready = await _world.Http.GetAsync(new Uri("/health/ready", UriKind.Relative));
        Assert.Equal(HttpStatusCode.OK, ready.StatusCode);

        _world.Relay!.Cut();
        using var away = await _world.PostAsync(body);
        using var live = await _world.Http.GetAsync(new Uri("/health/live", UriKind.Relative));
        Assert.Equal((HttpStatusCode.ServiceUnavailable, HttpStatusCode.OK), (away.StatusCode, live.StatusCode));
        Assert.NotNull(away.Headers.RetryAfter);
        Assert.Equal("Unavailable", (await ReceiveWorld.JsonAsync(away)).GetProperty("code").GetString());

        _world.Relay.Mend();
        await Eventually.GetAsync(
            async () =>
            {
                using var back = await _world.PostAsync(body);
                return back.StatusCode;
            },
            status => status is HttpStatusCode.Created or HttpStatusCode.OK);
        Assert.Single(await _world.EventsAsync(_id, 1));
    }
}
