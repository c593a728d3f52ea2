namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>What happens after minutes, on a clock of the tests' own.</summary>
public sealed class ClockTests
{
    private readonly ManualTime _time = new();

    [Fact]
    public async Task Keys_are_fetched_again_shortly_before_five_minutes_are_over()
    {
        await using var world = await StartAsync();
        _time.Advance(TimeSpan.FromSeconds(294));
        Assert.Equal(1, world.Google.KeyRequests);

        _time.Advance(TimeSpan.FromSeconds(1));

        await Poll.UntilAsync(() => world.Google.KeyRequests == 2);
    }

    [Fact]
    public async Task Keys_that_cannot_be_fetched_again_stay_in_use_and_are_asked_for_every_second()
    {
        await using var world = await StartAsync();
        world.Google.KeysHealthy = false;

        await Poll.UntilAsync(() =>
        {
            _time.Advance(TimeSpan.FromSeconds(59));
            return world.Google.KeyRequests >= 3;
        });

        await world.EchoAsync(GatewayWorld.Get("/user", world.Token));
    }

    [Fact]
    public async Task A_token_that_was_verified_expires_all_the_same()
    {
        await using var world = await StartAsync();
        var token = new TestToken { Key = world.Google.Key, ExpiresIn = TimeSpan.FromMinutes(1) }.Encode();
        await world.EchoAsync(GatewayWorld.Get("/user", token));

        _time.Advance(TimeSpan.FromMinutes(10));

        await world.RefusedAsync(401, "Jwt is expired", GatewayWorld.Get("/user", token));
    }

    [Fact]
    public async Task An_answer_later_than_the_deadline_is_504_and_not_retried()
    {
        await using var world = await StartAsync();
        var arrived = new TaskCompletionSource();
        world.Backend.Instead = async context =>
        {
            arrived.SetResult();
            await Task.Delay(Timeout.Infinite, context.RequestAborted);
        };
        _ = arrived.Task.ContinueWith(_ => _time.Advance(TimeSpan.FromSeconds(31)), TaskScheduler.Default);

        await world.RefusedAsync(504, "upstream request timeout", GatewayWorld.Get("/health"));

        Assert.Equal(1, world.Backend.Requests);
    }

    [Fact]
    public async Task The_deadline_runs_from_the_end_of_the_request()
    {
        await using var world = await StartAsync();
        await using var half = await HalfRequest.SendAsync(world.Address);
        await Poll.UntilAsync(() => world.Backend.Requests == 1);

        _time.Advance(TimeSpan.FromSeconds(200));
        var answer = await half.FinishAsync();

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("\"body\":\"half+rest\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_that_stands_still_for_five_minutes_is_408()
    {
        await using var world = await StartAsync();
        await using var half = await HalfRequest.SendAsync(world.Address);
        await Poll.UntilAsync(() => world.Backend.Requests == 1);

        _time.Advance(TimeSpan.FromSeconds(301));
        var answer = await half.ReadAsync();

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        Assert.Contains("stream timeout", answer, StringComparison.Ordinal);
    }

    private async Task<GatewayWorld> StartAsync()
    {
        var world = new GatewayWorld(GatewayWorld.SendContract, time: _time);
        await world.InitializeAsync();
        return world;
    }
}
