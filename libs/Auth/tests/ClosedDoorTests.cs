using System.Net;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 19, 20 and 38: what is not documented is closed, to strangers without a word.</summary>
public sealed class ClosedDoorTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private readonly World _world = fixture.World;
    private readonly RunningService _service = fixture.Service;
    private readonly GatewayClient _client = fixture.Service.Client();

    [Fact]
    public async Task S38_undocumented_routes_are_404_for_a_known_caller_and_401_for_a_stranger()
    {
        foreach (var path in new[] { "/", "/swagger", "/api/v1/management/users/", "/internal", "/admin.php", "/login/../../etc/passwd", "/%2e%2e/" })
        {
            Assert.Equal("NotFound", await _client.GetAsync(path + "x").RefusedAsync(HttpStatusCode.NotFound));
            await _service.SendAsync(HttpMethod.Get, path + "x", null).RefusedAsync(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task S19_undeclared_methods_are_405_with_Allow_for_a_known_caller_and_401_for_a_stranger()
    {
        using var response = await _client.GetAsync("/login");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
        await _service.SendAsync(HttpMethod.Get, "/login", null).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("CONNECTED")]
    public async Task S19_TRACE_and_other_methods_are_off(string method)
    {
        await _service.SendAsync(new HttpMethod(method), "/user", $"Bearer {IdToken.Of(_service.Google, Account.Gateway)}").RefusedAsync(
            HttpStatusCode.MethodNotAllowed);
    }

    [Fact]
    public async Task S19_a_method_override_changes_nothing()
    {
        var (user, token) = await _world.SessionAsync(Role.Root);
        using var request = _client.Request(HttpMethod.Get, $"/api/v1/management/users/user/{user.Id}", token);
        request.Headers.TryAddWithoutValidation("X-HTTP-Method-Override", "DELETE");

        Assert.Contains(user.Name, await GatewayClient.SendAsync(request).AcceptedAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task S19_another_content_type_is_415()
    {
        using var request = _client.Request(HttpMethod.Post, "/login");
        request.Content = new FormUrlEncodedContent(new Dictionary<string, string> { ["username"] = "a", ["password"] = "b" });

        await GatewayClient.SendAsync(request).RefusedAsync(HttpStatusCode.UnsupportedMediaType);
    }

    [Fact]
    public async Task S20_a_route_that_nobody_gave_a_policy_is_closed_to_everybody()
    {
        var (_, token) = await _world.SessionAsync(Role.Root);

        await _client.GetAsync("/forgotten", token).RefusedAsync(HttpStatusCode.Forbidden);
        await _service.SendAsync(HttpMethod.Get, "/forgotten", null).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("/both/things")]
    [InlineData("/both/late-things")]
    public async Task S20_what_a_group_asks_holds_beside_what_its_route_asks(string path)
    {
        foreach (var role in new[] { Role.Admin, Role.Sender })
        {
            await _client.GetAsync(path, (await _world.SessionAsync(role)).Token).RefusedAsync(HttpStatusCode.Forbidden);
        }

        var (user, token) = await _world.SessionAsync(Role.Admin, Role.Sender);
        await _client.GetAsync(path, token).AcceptedAsync();
        await _world.ExecuteAsync("UPDATE user_auth_roles SET type = 'sender' WHERE id = @Id", user);
        await _client.GetAsync(path, token).RefusedAsync(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task The_probes_are_anonymous_and_tell_nothing()
    {
        Assert.Equal("Healthy", await _service.SendAsync(HttpMethod.Get, "/health/live", null).AcceptedAsync());
        Assert.Equal("Healthy", await _service.SendAsync(HttpMethod.Get, "/health/ready", null).AcceptedAsync());
    }
}
