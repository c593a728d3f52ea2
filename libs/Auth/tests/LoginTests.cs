using System.Net;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

public sealed class LoginTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client();

    [Fact]
    public async Task Gives_a_token_as_plain_text_as_the_original_did()
    {
        var user = await _world.UserAsync(Role.Sender);

        using var response = await _client.TryLoginAsync(user.Name, AuthFixture.Password);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("text/plain", response.Content.Headers.ContentType!.MediaType);
        Assert.True(response.Headers.CacheControl!.NoStore);
        using var things = await _client.GetAsync("/things", await response.Content.ReadAsStringAsync());
        Assert.Equal($"{user.Name} sender", await things.Content.ReadAsStringAsync());
        Assert.Equal(["LoginSucceeded"], await _world.AuditAsync(user.Id));
    }
}
