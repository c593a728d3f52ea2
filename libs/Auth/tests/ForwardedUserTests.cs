using System.Net;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statement 17: what is believed of the user and the client behind the gateway.</summary>
public sealed class ForwardedUserTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private readonly World _world = fixture.World;
    private readonly RunningService _service = fixture.Service;
    private readonly GatewayClient _client = fixture.Service.Client();

    [Fact]
    public async Task S17_a_users_token_counts_only_when_the_gateway_brings_it()
    {
        var (_, token) = await _world.SessionAsync(Role.Sender);

        await (_service.Client() with { Caller = Account.Tasks }).GetAsync("/things", token).RefusedAsync(HttpStatusCode.Forbidden);
        await (_service.Client() with { Caller = Account.Stranger }).GetAsync("/things", token).RefusedAsync(HttpStatusCode.Unauthorized);
        await _service.SendAsync(HttpMethod.Get, "/things", $"Bearer {token}").RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S17_the_gateways_own_token_is_never_taken_for_the_users()
    {
        var gateway = IdToken.Of(_service.Google, Account.Gateway);

        await _client.GetAsync("/things", gateway).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S17_forged_forwarded_token_and_user_info_have_no_effect()
    {
        var (_, token) = await _world.SessionAsync(Role.Sender);
        var root = await _world.SessionAsync(Role.Root);
        var claims = token.Split('.')[1];
        (string[] Forwarded, string[] Info)[] forgeries =
        [
            ([], [claims]),
            ([$"Bearer {token}"], []),
            ([$"Bearer {token}"], [root.Token.Split('.')[1]]),
            ([$"Bearer {token}", $"Bearer {token}"], [claims]),
            ([$"Bearer {token}", $"Bearer {root.Token}"], [claims]),
            ([$"Bearer {token},Bearer {root.Token}"], [claims]),
            ([$"Bearer {token}"], [claims, claims]),
            ([$"bearer {token}"], [claims]),
            ([$"Bearer  {token}"], [claims]),
            ([$"Bearer {token} "], [claims + "x"]),
            ([token], [claims]),
            ([$"Bearer {token}.x"], [claims]),
            ([$"Bearer {claims}"], [claims]),
        ];
        foreach (var (forwarded, info) in forgeries)
        {
            using var request = _client.Request(HttpMethod.Get, "/things");
            Array.ForEach(forwarded, value => request.Headers.TryAddWithoutValidation("X-Forwarded-Authorization", value));
            Array.ForEach(info, value => request.Headers.TryAddWithoutValidation("X-Endpoint-API-UserInfo", value));
            await GatewayClient.SendAsync(request).RefusedAsync(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task S17_padded_user_info_is_the_same_user_info()
    {
        var (_, token) = await _world.SessionAsync(Role.Sender);
        using var request = _client.Request(HttpMethod.Get, "/things");
        request.Headers.TryAddWithoutValidation("X-Forwarded-Authorization", $"Bearer {token}");
        request.Headers.TryAddWithoutValidation("X-Endpoint-API-UserInfo", token.Split('.')[1] + "==");

        await GatewayClient.SendAsync(request).AcceptedAsync();
    }

    [Fact]
    public async Task S17_key_only_routes_do_not_look_at_forged_users()
    {
        using var request = _client.Request(HttpMethod.Get, "/reasons", "forged.forged.forged");

        Assert.Equal("open to the gateway", await GatewayClient.SendAsync(request).AcceptedAsync());
    }

    [Theory]
    [InlineData("203.0.113.9, 198.51.100.7, 10.0.0.1", "198.51.100.7")]
    [InlineData("198.51.100.7, 10.0.0.1", "198.51.100.7")]
    [InlineData("2001:db8::1, 10.0.0.1", "2001:db8::1")]
    [InlineData("[2001:db8::1]:4711, 10.0.0.1", "2001:db8::1")]
    [InlineData("198.51.100.7", "127.0.0.1")]
    [InlineData("<script>, 10.0.0.1", "127.0.0.1")]
    public async Task S17_only_the_hops_that_we_trust_name_the_clients_address(string forwardedFor, string recorded)
    {
        var user = await _world.UserAsync(Role.Sender);
        using var request = _client.Request(HttpMethod.Post, "/login", body: new { username = user.Name, password = AuthFixture.Password });
        request.Headers.Remove("X-Forwarded-For");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", forwardedFor);

        await GatewayClient.SendAsync(request).AcceptedAsync();

        Assert.Equal(recorded, await _world.ScalarAsync<string>("SELECT client_ip FROM access_log WHERE target_id = @Id", user));
    }

    [Fact]
    public async Task S17_a_stranger_cannot_write_an_address_into_the_audit_log()
    {
        var path = $"/stranger-{Guid.NewGuid():n}";
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service.Address, path));
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", "203.0.113.66, 10.0.0.1");
        await GatewayClient.SendAsync(request).RefusedAsync(HttpStatusCode.Unauthorized);

        Assert.Equal(0, await _world.ScalarAsync<int>("SELECT COUNT(*) FROM access_log WHERE client_ip = '203.0.113.66'"));
    }

    [Theory]
    [InlineData("+352621123456", "+352621123456")]
    [InlineData("352621123456", "+352621123456")]
    [InlineData("0621123456", null)]
    [InlineData("+35262112345678901", null)]
    [InlineData("call me", null)]
    public async Task S17_a_claimed_MSISDN_is_recorded_as_claimed_and_decides_nothing(string claimed, string? recorded)
    {
        var user = await _world.UserAsync(Role.Sender);
        using var request = _client.Request(HttpMethod.Post, "/login", body: new { username = user.Name, password = AuthFixture.Password });
        request.Headers.TryAddWithoutValidation("X-MSISDN", claimed);

        await GatewayClient.SendAsync(request).AcceptedAsync();

        Assert.Equal(recorded, await _world.ScalarAsync<string?>("SELECT msisdn FROM access_log WHERE target_id = @Id", user));
    }
}
