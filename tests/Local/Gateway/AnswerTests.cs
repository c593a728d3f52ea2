using Microsoft.AspNetCore.Http;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>What the client sees of the service's answer.</summary>
public sealed class AnswerTests(GatewayWorld world) : IClassFixture<GatewayWorld>
{
    [Fact]
    public async Task An_answer_of_the_service_passes_as_it_is()
    {
        world.Backend.Instead = async context =>
        {
            context.Response.StatusCode = 422;
            context.Response.ContentType = "application/problem+json";
            context.Response.Headers.Append("Retry-After", "3");
            context.Response.Headers.Append("Set-Cookie", new[] { "a=1", "b=2" });
            context.Response.Headers.Append("x-envoy-upstream-service-time", "7");
            await context.Response.WriteAsync("{\"status\":422}");
        };

        var answer = await world.Http.SendAsync(GatewayWorld.Get("/health"));

        Assert.Equal(422, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.ToString());
        Assert.Equal("{\"status\":422}", await answer.Content.ReadAsStringAsync());
        Assert.Equal(["a=1", "b=2"], answer.Headers.GetValues("Set-Cookie"));
        Assert.Equal(TimeSpan.FromSeconds(3), answer.Headers.RetryAfter!.Delta);
        Assert.False(answer.Headers.Contains("x-envoy-upstream-service-time"));
        Assert.False(answer.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(404)]
    [InlineData(500)]
    [InlineData(503)]
    public async Task A_status_of_the_service_is_neither_followed_nor_retried_nor_rewritten(int status)
    {
        world.Backend.Instead = context =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers.Location = "/elsewhere";
            return context.Response.WriteAsync("<html>mine</html>");
        };
        var before = world.Backend.Requests;

        var answer = await world.Http.SendAsync(GatewayWorld.Get("/health"));

        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("<html>mine</html>", await answer.Content.ReadAsStringAsync());
        Assert.Equal(1, world.Backend.Requests - before);
    }

    [Fact]
    public async Task An_empty_answer_stays_empty()
    {
        world.Backend.Instead = context =>
        {
            context.Response.StatusCode = 204;
            return Task.CompletedTask;
        };

        var answer = await world.Http.SendAsync(GatewayWorld.Request(HttpMethod.Post, "/logout", world.Token));

        Assert.Equal(204, (int)answer.StatusCode);
        Assert.Empty(await answer.Content.ReadAsByteArrayAsync());
    }

    [Fact]
    public async Task An_answer_streams_before_it_is_complete()
    {
        var finish = new TaskCompletionSource();
        world.Backend.Instead = async context =>
        {
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await finish.Task;
            await context.Response.WriteAsync("second");
        };

        using var answer = await world.Http.SendAsync(GatewayWorld.Get("/health"), HttpCompletionOption.ResponseHeadersRead);
        using var reader = new StreamReader(await answer.Content.ReadAsStreamAsync());
        var buffer = new char[5];
        await reader.ReadBlockAsync(buffer);
        finish.SetResult();

        Assert.Equal("first", new string(buffer));
        Assert.Equal("second", await reader.ReadToEndAsync());
    }

    [Fact]
    public async Task An_answer_that_breaks_off_breaks_off_for_the_client()
    {
        var seen = new TaskCompletionSource();
        world.Backend.Instead = async context =>
        {
            context.Response.ContentLength = 100;
            await context.Response.WriteAsync("first");
            await context.Response.Body.FlushAsync();
            await seen.Task;
            context.Abort();
        };

        using var answer = await world.Http.SendAsync(GatewayWorld.Get("/health"), HttpCompletionOption.ResponseHeadersRead);

        seen.SetResult();

        Assert.Equal(200, (int)answer.StatusCode);
        await Assert.ThrowsAnyAsync<HttpRequestException>(() => answer.Content.ReadAsStringAsync());
    }
}
