using System.Net;
using EnergyLoad.GoogleCloud.Tests.Fakes;

namespace EnergyLoad.GoogleCloud.Tests.Rest;

public sealed class RetryTests : CloudTest
{
    private const string Ok = """{"messageIds":["1"]}""";

    [Theory]
    [InlineData(408)]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task A_passing_fault_is_tried_again(int status)
    {
        Server.ThenJson(status, "<html>busy</html>").ThenJson(status, "").ThenJson(200, Ok);

        Assert.Equal(["1"], await PublishAsync());

        Assert.Equal(3, Server.Seen.Count);
    }

    [Fact]
    public async Task An_aborted_call_is_tried_again()
    {
        Server.ThenJson(409, """{"error":{"code":409,"status":"ABORTED","message":"try again"}}""").ThenJson(200, Ok);

        Assert.Equal(["1"], await PublishAsync());
    }

    [Theory]
    [InlineData(400)]
    [InlineData(403)]
    [InlineData(404)]
    [InlineData(409)]
    [InlineData(412)]
    [InlineData(501)]
    public async Task A_verdict_is_not_tried_again(int status)
    {
        Server.ThenJson(status, """{"error":{"message":"no"}}""");

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(PublishAsync);

        Assert.Equal((HttpStatusCode)status, refused.StatusCode);
        Assert.False(refused.IsTransient);
        Assert.Single(Server.Seen);
    }

    [Fact]
    public async Task A_connection_that_breaks_is_tried_again()
    {
        Server.ThenHangUp().ThenJson(200, Ok);

        Assert.Equal(["1"], await PublishAsync());
    }

    [Fact]
    public async Task A_pause_longer_than_the_deadline_is_not_waited_for()
    {
        Server.ThenJson(429, "{}", ("Retry-After", "30")).ThenJson(200, Ok);

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(PublishAsync);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Single(Server.Seen);
    }

    [Fact]
    public async Task The_caller_can_give_up()
    {
        Server.ThenJson(503, "");
        using var cancellation = new CancellationTokenSource();
        var publishing = Get<PubSubPublisher>().PublishAsync("t", [new("a"u8.ToArray())], cancellation.Token);
        await cancellation.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => publishing);
    }

    [Fact]
    public async Task An_answer_that_is_not_JSON_is_a_fault()
    {
        Server.ThenJson(200, "<html/>");

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(PublishAsync);

        Assert.False(refused.IsTransient);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_since_the_token_would_go_along()
    {
        Server.ThenJson(302, "", ("Location", "http://127.0.0.1:1/"));

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(PublishAsync);

        Assert.Equal(HttpStatusCode.Redirect, refused.StatusCode);
    }

    private Task<IReadOnlyList<string>> PublishAsync() =>
        Get<PubSubPublisher>().PublishAsync("t", [new("a"u8.ToArray())], CancellationToken.None);
}
