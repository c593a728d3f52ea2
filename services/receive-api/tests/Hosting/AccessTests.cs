using System.Net;
using System.Text;
using EnergyLoad.Auth;
using EnergyLoad.ReceiveApi.Tests.ErrorReports;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

public sealed class AccessTests(ReceiveWorld world) : IClassFixture<ReceiveWorld>
{
    [Theory]
    [InlineData("e_sight", HttpStatusCode.Created)]
    [InlineData("admin", HttpStatusCode.Created)]
    [InlineData("root", HttpStatusCode.Created)]
    [InlineData("backoffice", HttpStatusCode.Forbidden)]
    [InlineData("sender", HttpStatusCode.Forbidden)]
    [InlineData("user", HttpStatusCode.Forbidden)]
    public async Task Posting_a_report_is_for_e_Sight(string role, HttpStatusCode status)
    {
        var body = Encoding.UTF8.GetBytes(Reports.With(Reports.NewId(), Reports.MessageId(Guid.CreateVersion7())));

        using var answer = await world.PostAsync(body, role: role);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("root", HttpStatusCode.OK)]
    [InlineData("admin", HttpStatusCode.OK)]
    [InlineData("backoffice", HttpStatusCode.OK)]
    [InlineData("sender", HttpStatusCode.Forbidden)]
    [InlineData("e_sight", HttpStatusCode.Forbidden)]
    [InlineData("user", HttpStatusCode.Forbidden)]
    public async Task Reading_reports_is_for_operators(string role, HttpStatusCode status)
    {
        using var posted = await world.PostAsync(Reports.With(Reports.NewId(), Reports.MessageId(Guid.CreateVersion7())));

        using var search = await world.SendAsync(HttpMethod.Get, ReceiveWorld.Path, role);
        using var one = await world.SendAsync(HttpMethod.Get, posted.Headers.Location!.ToString(), role);

        Assert.Equal((status, status), (search.StatusCode, one.StatusCode));
    }

    [Theory]
    [InlineData("POST", ReceiveWorld.Path)]
    [InlineData("GET", ReceiveWorld.Path)]
    [InlineData("GET", ReceiveWorld.Path + "/01929a3e-7c1d-7b2f-9d55-0a1b2c3d4e5f")]
    public async Task Without_a_users_token_there_is_nothing_to_see(string method, string path)
    {
        using var answer = await world.SendAsync(new HttpMethod(method), path, role: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Theory]
    [InlineData("/internal/tasks/publish", "tasks-invoker", HttpStatusCode.NoContent)]
    [InlineData("/internal/tasks/publish", "scheduler", HttpStatusCode.Forbidden)]
    [InlineData("/internal/tasks/publish", "receive-gateway", HttpStatusCode.Forbidden)]
    [InlineData("/internal/scheduler/sweep", "scheduler", HttpStatusCode.NoContent)]
    [InlineData("/internal/scheduler/sweep", "tasks-invoker", HttpStatusCode.Forbidden)]
    [InlineData("/internal/scheduler/sweep", "receive-gateway", HttpStatusCode.Forbidden)]
    public async Task A_wake_up_is_only_for_the_account_that_wakes(string path, string caller, HttpStatusCode status)
    {
        using var answer = await world.CallAsync(path, caller);

        Assert.Equal(status, answer.StatusCode);
    }

    [Theory]
    [InlineData("/internal/tasks/publish")]
    [InlineData(ReceiveWorld.Path)]
    [InlineData("/health")]
    [InlineData("/login")]
    public async Task Who_calls_around_the_gateway_is_401(string path)
    {
        using var answer = await world.Http.PostAsync(new Uri(path, UriKind.Relative), content: null);

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
    }

    [Fact]
    public async Task An_unknown_path_is_a_404_problem_for_a_known_caller()
    {
        using var answer = await world.SendAsync(HttpMethod.Get, "/no/such/path", role: null);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Equal("NotFound", (await ReceiveWorld.JsonAsync(answer)).GetProperty("code").GetString());
    }

    [Fact]
    public void Every_route_says_who_may_use_it()
    {
        var open = world.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(route => route.Metadata.GetMetadata<RouteAccess>() is null && route.Metadata.GetMetadata<IAllowAnonymous>() is null)
            .Select(route => route.RoutePattern.RawText);

        Assert.Empty(open);
    }

    [Fact]
    public async Task Health_is_the_word_that_callers_know()
    {
        using var answer = await world.SendAsync(HttpMethod.Get, "/health", role: null);

        Assert.Equal(":-)", await answer.Content.ReadAsStringAsync());
    }
}
