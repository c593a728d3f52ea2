using System.Net;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 32, 33, 35 and 37 as far as this library acts: no row, no act; a refusal stands all the same.</summary>
public sealed class AuditCouplingTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client();

    [Fact]
    public async Task S35_when_the_row_cannot_be_written_the_act_does_not_happen()
    {
        var root = await _world.SessionAsync(Role.Root);
        var user = await _world.SessionAsync(Role.Sender);
        var name = $"unwritten-{Guid.NewGuid():n}"[..24];
        await WithoutAuditAsync(async () =>
        {
            await _client.TryLoginAsync(user.User.Name, AuthFixture.Password).RefusedAsync(
                HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable);
            HttpRequestMessage[] acts =
            [
                _client.Request(HttpMethod.Post, "/logout", user.Token),
                _client.Request(
                    HttpMethod.Post,
                    "/user/password",
                    user.Token,
                    new { current = AuthFixture.Password, @new = "an umbrella under 9 bridges" }),
                _client.Request(HttpMethod.Delete, $"/api/v1/management/users/user/deactivate/{user.User.Id}", root.Token),
                _client.Request(HttpMethod.Post, $"/api/v1/management/users/user/{user.User.Id}/end-sessions", root.Token),
                _client.Request(HttpMethod.Patch, $"/api/v1/management/users/user/edit/{user.User.Id}", root.Token, new { type = "admin" }),
                _client.Request(
                    HttpMethod.Post,
                    "/api/v1/management/users/user",
                    root.Token,
                    new { username = name, password = "an umbrella under 9 bridges", type = "user" }),
            ];
            foreach (var act in acts)
            {
                await GatewayClient.SendAsync(act).RefusedAsync(HttpStatusCode.InternalServerError, HttpStatusCode.ServiceUnavailable);
            }
        });

        await _client.GetAsync("/things", user.Token).AcceptedAsync();
        await _client.LoginAsync(user.User.Name, AuthFixture.Password);
        Assert.Equal(0, await _world.ScalarAsync<int>("SELECT COUNT(*) FROM user_auth_roles WHERE username = @name", new { name }));
    }

    [Fact]
    public async Task S35_a_failed_login_whose_row_cannot_be_written_is_still_refused()
    {
        var user = await _world.UserAsync(Role.Sender);
        await WithoutAuditAsync(async () =>
        {
            await _client.TryLoginAsync(user.Name, "wrong").RefusedAsync(HttpStatusCode.Unauthorized);
            await _client.GetAsync("/things", "a.b.c").RefusedAsync(HttpStatusCode.Unauthorized);
        });
    }

    [Fact]
    public async Task S32_every_refusal_of_a_route_leaves_one_row_with_who_and_what()
    {
        var user = await _world.SessionAsync(Role.User);

        await _client.GetAsync("/api/v1/management/users?secret=1", user.Token).RefusedAsync(HttpStatusCode.Forbidden);

        Assert.Equal(["AccessDenied"], await _world.AuditAsync(user.User.Id));
        Assert.Equal("GET /api/v1/management/users", await _world.ScalarAsync<string>(
            "SELECT subject FROM access_log WHERE actor_id = @Id", user.User));
        Assert.Equal("RoleMissing", await _world.ScalarAsync<string>("SELECT detail FROM access_log WHERE actor_id = @Id", user.User));
    }

    [Fact]
    public async Task S33_a_row_says_when_what_from_where_who_whom_and_under_which_trace()
    {
        var admin = await _world.SessionAsync(Role.Admin);
        var user = await _world.UserAsync(Role.User);
        using var request = fixture.Service.Client("203.0.113.200").Request(
            HttpMethod.Delete, $"/api/v1/management/users/user/deactivate/{user.Id}", admin.Token);
        request.Headers.TryAddWithoutValidation("X-MSISDN", "+352621123456");
        request.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");

        await GatewayClient.SendAsync(request).AcceptedAsync();

        Assert.Equal(
            1,
            await _world.ScalarAsync<int>(
                """
                SELECT COUNT(*) FROM access_log
                WHERE target_id = @target AND actor_id = @actor AND client_ip = '203.0.113.200' AND msisdn = '+352621123456'
                  AND trace_id = '0af7651916cd43dd8448eb211c80319c' AND service = 'third-service' AND at > UTC_TIMESTAMP(6) - INTERVAL 1 MINUTE
                """,
                new { target = user.Id, actor = admin.User.Id }));
    }

    [Fact]
    public async Task S37_with_the_database_down_the_answer_is_503_without_detail()
    {
        await using var service = await RunningService.StartAsync(fixture.Database, fixture.Service.Google, new() { ["MySql:Port"] = "1" });
        var user = await _world.SessionAsync(Role.Sender);

        foreach (var pending in new[] { service.Client().GetAsync("/things", user.Token), service.Client().TryLoginAsync(user.User.Name, AuthFixture.Password) })
        {
            using var response = await pending;
            Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
            Assert.NotNull(response.Headers.RetryAfter);
            Assert.DoesNotContain("MySql", await response.Content.ReadAsStringAsync(), StringComparison.OrdinalIgnoreCase);
        }
    }

    private async Task WithoutAuditAsync(Func<Task> act)
    {
        await _world.ExecuteAsync("RENAME TABLE access_log TO access_log_hidden");
        try
        {
            await act();
        }
        finally
        {
            await _world.ExecuteAsync("RENAME TABLE access_log_hidden TO access_log");
        }
    }
}
