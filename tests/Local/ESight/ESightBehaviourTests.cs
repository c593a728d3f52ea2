using System.Diagnostics;
using System.Net;

namespace EnergyLoad.Local.Tests.ESight;

public sealed class ESightBehaviourTests(ESightWorld world) : IClassFixture<ESightWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await world.Http.DeleteAsync(new Uri("/control/behaviour", UriKind.Relative));

    [Fact]
    public async Task A_rule_sets_the_status_and_retry_after_so_many_times()
    {
        await world.BehaveAsync(new { status = 503, retryAfter = 7, times = 2 });

        var first = await world.PostAsync(ESightWorld.Message("water_lu_1", "1"));
        var second = await world.PostAsync(ESightWorld.Message("water_lu_1", "1"));
        var third = await world.PostAsync(ESightWorld.Message("water_lu_1", "1"));

        Assert.Equal(HttpStatusCode.ServiceUnavailable, first.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(7), first.Headers.RetryAfter?.Delta);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, second.StatusCode);
        Assert.Equal(HttpStatusCode.OK, third.StatusCode);
    }

    [Fact]
    public async Task The_newest_rule_that_matches_wins()
    {
        await world.BehaveAsync(new { status = 503 });
        await world.BehaveAsync(new { status = 422, match = "_lu_bad_\\d+$" });

        Assert.Equal(422, (int)(await world.PostAsync(ESightWorld.Message("water_lu_bad_1", "1"))).StatusCode);
        Assert.Equal(503, (int)(await world.PostAsync(ESightWorld.Message("water_lu_good_1", "1"))).StatusCode);
    }

    [Theory]
    [InlineData("beforeAnswer")]
    [InlineData("midAnswer")]
    public async Task A_drop_cuts_the_connection_after_the_request_was_read(string drop)
    {
        await world.BehaveAsync(new { drop, times = 1 });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => world.PostAsync(ESightWorld.Message($"water_lu_{drop}", "1")));

        var line = (await world.LinesAsync()).Single(line => line.GetProperty("messageId").GetString() == $"water_lu_{drop}");
        Assert.Equal(0, line.GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task A_drop_before_reading_leaves_nothing_in_the_books()
    {
        await world.BehaveAsync(new { drop = "beforeReading", times = 1 });

        await Assert.ThrowsAnyAsync<HttpRequestException>(() => world.PostAsync(ESightWorld.Message("water_lu_unread", "1")));

        Assert.DoesNotContain(await world.LinesAsync(), line => line.GetProperty("messageId").GetString() == "water_lu_unread");
        (await world.PostAsync(ESightWorld.Message("water_lu_unread", "1"))).EnsureSuccessStatusCode();
    }

    [Fact]
    public async Task Latency_holds_the_answer_back()
    {
        await world.BehaveAsync(new { latencyMs = 150 });
        var watch = Stopwatch.StartNew();

        (await world.PostAsync(ESightWorld.Message("water_lu_late", "1"))).EnsureSuccessStatusCode();

        Assert.True(watch.ElapsedMilliseconds >= 140);
    }

    [Fact]
    public async Task A_rule_can_be_about_another_call()
    {
        await world.BehaveAsync(new { path = "/token", status = 500, times = 1 });

        Assert.Equal(200, (int)(await world.PostAsync(ESightWorld.Message("water_lu_path", "1"))).StatusCode);
        Assert.Equal(500, (int)(await world.GetAsync("/token", ESightWorld.Basic("reader", "read-password"))).StatusCode);
    }

    [Fact]
    public async Task A_pattern_that_is_no_regular_expression_is_refused()
    {
        using var rule = new StringContent("""{"match":"("}""", System.Text.Encoding.UTF8, "application/json");

        Assert.Equal(400, (int)(await world.Http.PostAsync(new Uri("/control/behaviour", UriKind.Relative), rule)).StatusCode);
    }
}
