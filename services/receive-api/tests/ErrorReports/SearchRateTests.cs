using System.Net;
using EnergyLoad.ReceiveApi.Tests.Hosting;

namespace EnergyLoad.ReceiveApi.Tests.ErrorReports;

public sealed class SearchRateTests : IAsyncLifetime
{
    private readonly ReceiveWorld _world = new() { Settings = { ["ErrorReports:SearchesPerMinute"] = "2" } };

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_user_who_searches_too_often_is_429_and_others_are_not()
    {
        for (var n = 0; n < 2; n++)
        {
            using var allowed = await _world.SendAsync(HttpMethod.Get, ReceiveWorld.Path);
            Assert.Equal(HttpStatusCode.OK, allowed.StatusCode);
        }

        using var refused = await _world.SendAsync(HttpMethod.Get, ReceiveWorld.Path);
        using var other = await _world.SendAsync(HttpMethod.Get, ReceiveWorld.Path, "admin");

        Assert.Equal((HttpStatusCode.TooManyRequests, HttpStatusCode.OK), (refused.StatusCode, other.StatusCode));
        Assert.NotNull(refused.Headers.RetryAfter);
    }
}
