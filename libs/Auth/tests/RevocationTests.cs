using System.Net;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 12, 13 and 15, each with two instances on one database.</summary>
public class RevocationTests(AuthFixture fixture) : IClassFixture<AuthFixture>, IAsyncLifetime
{
    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true };

    private readonly World _world = fixture.World;
    private readonly GatewayClient _here = fixture.Service.Client();
    private RunningService? _second;

    /// <summary>A route of users who are senders.</summary>
    protected virtual string Route => "/things";

    private GatewayClient There => _second!.Client();

    public async Task InitializeAsync() => _second = await RunningService.StartAsync(fixture.Database, fixture.Service.Google);

    public async Task DisposeAsync() => await _second!.DisposeAsync();

    [Fact]
    public async Task S12_after_logout_the_token_is_refused_on_every_instance_from_the_next_request()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender);
        await AcceptedOnBothAsync(token);

        await _here.PostAsync("/logout", token).AcceptedAsync();

        await RefusedOnBothAsync(token);
        Assert.Equal(["LoggedOut", "TokenRefused", "TokenRefused"], await _world.AuditAsync(user.Id));
    }

    [Fact]
    public async Task S12_logout_ends_one_session_and_leaves_the_users_others()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender);
        var other = await There.LoginAsync(user.Name, AuthFixture.Password);

        await There.PostAsync("/logout", token).AcceptedAsync();

        await RefusedOnBothAsync(token);
        await AcceptedOnBothAsync(other);
    }

    [Fact]
    public async Task S12_a_token_that_was_logged_out_cannot_log_out_again()
    {
        var (_, token) = await _world.SessionAsync(Role.Sender);
        await _here.PostAsync("/logout", token).AcceptedAsync();

        await There.PostAsync("/logout", token).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S12_deactivation_kills_all_tokens_of_the_user_on_every_instance()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender);
        await AcceptedOnBothAsync(token);

        Assert.Equal(
            "deactivated",
            await There.DeleteAsync($"/api/v1/management/users/user/deactivate/{user.Id}", await AdminAsync()).AcceptedAsync());

        await RefusedOnBothAsync(token);
        Assert.Equal("LoginRefused", await _here.TryLoginAsync(user.Name, AuthFixture.Password).RefusedAsync(HttpStatusCode.Unauthorized));
    }

    [Fact]
    public async Task S12_a_token_from_before_a_deactivation_stays_dead_after_reactivation()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender);
        var admin = await AdminAsync();
        await _here.PatchAsync(EditOf(user), admin, new { status = "deactivated" }).AcceptedAsync();
        await _here.PatchAsync(EditOf(user), admin, new { status = "active" }).AcceptedAsync();

        await RefusedOnBothAsync(token);
        await AcceptedOnBothAsync(await _here.LoginAsync(user.Name, AuthFixture.Password));
    }

    [Fact]
    public async Task S12_a_change_of_roles_kills_all_tokens_of_the_user()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender);

        Assert.Equal("updated", await There.PatchAsync(EditOf(user), await AdminAsync(), new { type = "sender,user" }).AcceptedAsync());

        await RefusedOnBothAsync(token);
    }

    [Fact]
    public async Task S12_a_new_password_set_by_an_administrator_kills_all_tokens_of_the_user()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender);

        await There.PatchAsync(EditOf(user), await AdminAsync(), new { password = "an umbrella under 9 bridges" }).AcceptedAsync();

        await RefusedOnBothAsync(token);
        await AcceptedOnBothAsync(await _here.LoginAsync(user.Name, "an umbrella under 9 bridges"));
    }

    [Fact]
    public async Task S12_changing_ones_own_password_kills_all_of_ones_tokens_this_one_too()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender);
        var other = await There.LoginAsync(user.Name, AuthFixture.Password);

        await _here.PostAsync("/user/password", token, new { current = AuthFixture.Password, @new = "an umbrella under 9 bridges" })
            .AcceptedAsync();

        await RefusedOnBothAsync(token);
        await RefusedOnBothAsync(other);
    }

    [Fact]
    public async Task S12_an_administrator_can_end_one_users_sessions()
    {
        var (user, token) = await _world.SessionAsync(Role.Sender);
        var bystander = await _world.SessionAsync(Role.Sender);

        await There.PostAsync($"/api/v1/management/users/user/{user.Id}/end-sessions", await AdminAsync()).AcceptedAsync();

        await RefusedOnBothAsync(token);
        await AcceptedOnBothAsync(bystander.Token);
        await AcceptedOnBothAsync(await _here.LoginAsync(user.Name, AuthFixture.Password));
    }

    [Fact]
    public async Task S13_revocation_is_by_jti_so_that_another_encoding_of_the_same_token_is_refused_as_well()
    {
        var user = await _world.UserAsync(Role.Sender);
        var key = fixture.Service.Google.IssuerKeys[0];
        var claims = UserToken.Claims(user);
        var compact = key.Sign(JsonSerializer.Serialize(claims));
        var spaced = key.Sign(JsonSerializer.Serialize(claims, Indented));
        await AcceptedOnBothAsync(spaced);

        await _here.PostAsync("/logout", compact).AcceptedAsync();

        await RefusedOnBothAsync(compact);
        await RefusedOnBothAsync(spaced);
    }

    [Fact]
    public async Task S15_when_revocation_cannot_be_read_the_answer_is_503_and_never_open()
    {
        var (_, token) = await _world.SessionAsync(Role.Sender);
        await AcceptedOnBothAsync(token);
        await _world.ExecuteAsync("RENAME TABLE jwt TO jwt_hidden");
        try
        {
            using var response = await _here.GetAsync(Route, token);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
        }
        finally
        {
            await _world.ExecuteAsync("RENAME TABLE jwt_hidden TO jwt");
        }

        await AcceptedOnBothAsync(token);
    }

    [Fact]
    public async Task S15_when_the_users_cannot_be_read_the_answer_is_503()
    {
        var (_, token) = await _world.SessionAsync(Role.Sender);
        await _world.ExecuteAsync("RENAME TABLE user_auth_roles TO users_hidden");
        try
        {
            Assert.Equal("Unavailable", await There.GetAsync(Route, token).RefusedAsync(HttpStatusCode.ServiceUnavailable));
        }
        finally
        {
            await _world.ExecuteAsync("RENAME TABLE users_hidden TO user_auth_roles");
        }
    }

    [Fact]
    public async Task Many_requests_at_once_each_get_the_answer_for_their_own_token()
    {
        var dead = await _world.SessionAsync(Role.Sender);
        var alive = await _world.SessionAsync(Role.Sender);
        await _here.PostAsync("/logout", dead.Token).AcceptedAsync();

        var answers = await Task.WhenAll(Enumerable.Range(0, 200).Select(async i =>
        {
            using var response = await (i % 2 == 0 ? _here : There).GetAsync(Route, i % 3 == 0 ? dead.Token : alive.Token);
            return (i % 3 == 0, response.StatusCode);
        }));

        Assert.All(answers, answer => Assert.Equal(answer.Item1 ? HttpStatusCode.Unauthorized : HttpStatusCode.OK, answer.StatusCode));
    }

    private static string EditOf(TestUser user) => $"/api/v1/management/users/user/edit/{user.Id}";

    private async Task<string> AdminAsync() => (await _world.SessionAsync(Role.Admin)).Token;

    private async Task AcceptedOnBothAsync(string token)
    {
        await _here.GetAsync(Route, token).AcceptedAsync();
        await There.GetAsync(Route, token).AcceptedAsync();
    }

    private async Task RefusedOnBothAsync(string token)
    {
        await _here.GetAsync(Route, token).RefusedAsync(HttpStatusCode.Unauthorized);
        await There.GetAsync(Route, token).RefusedAsync(HttpStatusCode.Unauthorized);
    }
}

/// <summary>The same at a route whose handler reads by itself how its user stands.</summary>
public sealed class OwnCheckRevocationTests(AuthFixture fixture) : RevocationTests(fixture)
{
    protected override string Route => "/late-things";
}
