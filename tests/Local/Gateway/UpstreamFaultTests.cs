using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Local.Tests.Gateway;

public sealed class UpstreamFaultTests
{
    private const string Public = """
          /open:
            get: { operationId: OpenGet, security: [] }
            post: { operationId: OpenPost, security: [] }
        """;

    private const string Refused =
        "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: "
        + "remote connection failure, transport failure reason: delayed connect error: 111";

    private const string Terminated =
        "upstream connect error or disconnect/reset before headers. retried and the latest reset reason: connection termination";

    [Fact]
    public async Task A_post_that_was_cut_off_is_sent_again_whole_and_so_can_be_processed_twice()
    {
        await using var backend = new ResettingBackend(resets: 1);
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public, _ => [backend.Address]);

        var answer = await worlds.World.Http.PostAsync(new Uri("/open", UriKind.Relative), new StringContent("the message"));

        Assert.Equal("the message", await answer.Content.ReadAsStringAsync());
        Assert.Equal(["the message", "the message"], backend.Bodies);
    }

    [Theory]
    [InlineData("GET")]
    [InlineData("POST")]
    public async Task A_second_reset_is_503_and_there_is_no_third_attempt(string method)
    {
        await using var backend = new ResettingBackend(resets: 9);
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public, _ => [backend.Address]);

        await worlds.World.RefusedAsync(503, Terminated, GatewayWorld.Request(new HttpMethod(method), "/open"));

        Assert.Equal(2, backend.Bodies.Count);
    }

    [Fact]
    public async Task A_streamed_post_is_sent_again_from_its_beginning()
    {
        await using var backend = new ResettingBackend(resets: 1);
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public, _ => [backend.Address]);
        var body = new string('x', 200_000);

        var answer = await worlds.World.Http.PostAsync(new Uri("/open", UriKind.Relative), new StringContent(body));

        Assert.Equal(body, await answer.Content.ReadAsStringAsync());
        Assert.Equal([body, body], backend.Bodies);
    }

    [Fact]
    public async Task A_body_past_a_megabyte_is_not_sent_again()
    {
        await using var backend = new ResettingBackend(resets: 9);
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public, _ => [backend.Address]);
        var request = GatewayWorld.Request(HttpMethod.Post, "/open");
        request.Content = new ByteArrayContent(new byte[(1024 * 1024) + 1]);

        await worlds.World.RefusedAsync(
            503, "upstream connect error or disconnect/reset before headers. reset reason: connection termination", request);

        Assert.Single(backend.Bodies);
    }

    [Fact]
    public async Task A_refused_connection_is_503_after_one_more_attempt()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public, _ => [Closed()]);

        await worlds.World.RefusedAsync(503, Refused, GatewayWorld.Request(HttpMethod.Post, "/open"));
    }

    [Fact]
    public async Task The_second_attempt_goes_to_the_next_process()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public, echo => [Closed(), echo.Address]);

        foreach (var _ in Enumerable.Range(0, 4))
        {
            await worlds.World.EchoAsync(GatewayWorld.Request(HttpMethod.Post, "/open"));
        }
    }

    [Fact]
    public async Task Processes_take_turns()
    {
        await using var other = new EchoBackend();
        await other.StartAsync();
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public, echo => [echo.Address, other.Address]);

        foreach (var number in Enumerable.Range(0, 6))
        {
            await worlds.World.EchoAsync(GatewayWorld.Request(number % 2 == 0 ? HttpMethod.Get : HttpMethod.Post, "/open"));
        }

        Assert.Equal((3, 3), (worlds.World.Backend.Requests, other.Requests));
    }

    [Fact]
    public async Task A_client_that_leaves_ends_the_request_at_the_service()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public);
        var (arrived, ended) = (new TaskCompletionSource(), new TaskCompletionSource());
        worlds.World.Backend.Instead = async context =>
        {
            context.RequestAborted.Register(ended.SetResult);
            arrived.SetResult();
            await ended.Task;
        };
        using var leaving = new CancellationTokenSource();

        _ = arrived.Task.ContinueWith(_ => leaving.CancelAsync(), TaskScheduler.Default);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(
            () => worlds.World.Http.SendAsync(GatewayWorld.Get("/open"), leaving.Token));

        await ended.Task.WaitAsync(TimeSpan.FromSeconds(20));
    }

    [Fact]
    public async Task A_body_over_32_mebibytes_is_413_and_does_not_reach_the_service()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public);
        using var content = new ByteArrayContent(new byte[(32 * 1024 * 1024) + 1]);

        var answer = await worlds.World.Http.PostAsync(new Uri("/open", UriKind.Relative), content);

        Assert.Equal(413, (int)answer.StatusCode);
        Assert.Equal(0, worlds.World.Backend.Requests);
    }

    [Fact]
    public async Task A_body_flows_through_without_being_held()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync(Public);
        var first = new TaskCompletionSource();
        worlds.World.Backend.Instead = async context =>
        {
            await context.Request.Body.ReadExactlyAsync(new byte[5]);
            first.SetResult();
            await context.Request.Body.CopyToAsync(Stream.Null);
            await context.Response.WriteAsync("done");
        };
        var request = GatewayWorld.Request(HttpMethod.Post, "/open");
        // The second part leaves the client when the first is with the service.
        request.Content = new SlowContent(first.Task);

        var answer = await worlds.World.Http.SendAsync(request);

        Assert.Equal("done", await answer.Content.ReadAsStringAsync());
    }

    // A port that was free a moment ago and on which nobody listens.
    private static Uri Closed()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return new Uri($"http://{listener.LocalEndpoint}");
    }
}
