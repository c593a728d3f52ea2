using System.Net;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 17, 18, 19, 20 and 38: who may call the container at all.</summary>
public sealed class CallerTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private static readonly string[] InternalRoutes = ["/internal/tasks/drain", "/internal/pubsub/error-reports", "/internal/scheduler/sweep"];

    private readonly World _world = fixture.World;
    private readonly RunningService _service = fixture.Service;
    private readonly GatewayClient _client = fixture.Service.Client();

    public static TheoryData<string, string?> WrongClaims => new()
    {
        { "aud", "\"https://receive-api.energyload.local\"" },
        { "aud", "\"https://third-service.energyload.local.attacker.example\"" },
        { "aud", null },
        { "iss", "\"https://accounts.google.com.attacker.example\"" },
        { "iss", "\"edm-tokens@energyload-local.iam.gserviceaccount.com\"" },
        { "iss", null },
        { "exp", "1" },
        { "exp", null },
        { "iat", "99999999999" },
        { "nbf", "99999999999" },
    };

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task S18_an_ID_token_with_a_wrong_audience_issuer_or_time_is_refused(string claim, string? json)
    {
        var token = IdToken.Of(_service.Google, Account.Gateway, claims =>
        {
            claims.Remove(claim);
            if (json is not null)
            {
                claims[claim] = JsonSerializer.Deserialize<JsonElement>(json);
            }
        });

        await RefusedAsStrangerAsync($"Bearer {token}");
    }

    [Theory]
    [InlineData("sub", "100000000000000000001", "email", null, true)]
    [InlineData("sub", null, "email", "send-gateway@energyload-local.iam.gserviceaccount.com", true)]
    [InlineData("sub", "1", "email", "send-gateway@energyload-local.iam.gserviceaccount.com", true)]
    [InlineData("sub", "1", "email", "SEND-GATEWAY@energyload-local.iam.gserviceaccount.com", false)]
    [InlineData("sub", "1", "email", "send-gateway@energyload-local.iam.gserviceaccount.com.attacker.example", false)]
    [InlineData("sub", "1", "email", null, false)]
    [InlineData("sub", null, "email", null, false)]
    public async Task S18_a_caller_is_known_by_unique_id_or_by_verified_email_and_a_token_need_not_carry_both(
        string subjectClaim, string? subject, string emailClaim, string? email, bool known)
    {
        var token = IdToken.Of(_service.Google, Account.Gateway, claims =>
        {
            Set(claims, subjectClaim, subject);
            Set(claims, emailClaim, email);
        });
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service.Address, "/reasons"));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

        using var response = await GatewayClient.SendAsync(request);

        Assert.Equal(known ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(null)]
    public async Task S18_an_email_that_is_not_verified_proves_nothing(object? verified)
    {
        var token = IdToken.Of(_service.Google, Account.Gateway, claims =>
        {
            claims["sub"] = "1";
            Set(claims, "email_verified", verified);
        });

        await RefusedAsStrangerAsync($"Bearer {token}");
    }

    [Fact]
    public async Task S18_a_good_token_of_an_account_that_is_not_configured_is_refused()
    {
        await RefusedAsStrangerAsync($"Bearer {IdToken.Of(_service.Google, Account.Stranger)}");
    }

    [Fact]
    public async Task S18_no_token_another_scheme_or_two_headers_are_refused()
    {
        await RefusedAsStrangerAsync();
        await RefusedAsStrangerAsync("");
        await RefusedAsStrangerAsync("Bearer");
        await RefusedAsStrangerAsync("Basic c2VuZC1nYXRld2F5OnB3");
        var good = $"Bearer {IdToken.Of(_service.Google, Account.Gateway)}";
        await RefusedAsStrangerAsync(good, good);
    }

    [Fact]
    public async Task S18_an_unsigned_or_foreign_signed_token_is_refused()
    {
        var payload = JsonSerializer.Serialize(IdToken.Claims(Account.Gateway));
        var kid = _service.Google.GoogleKeys[0].Kid;
        var none = TestKey.Unsigned(payload, new Dictionary<string, object> { ["alg"] = "none", ["typ"] = "JWT" });
        var unsigned = TestKey.Unsigned(payload, new Dictionary<string, object> { ["alg"] = "RS256", ["kid"] = kid });

        await RefusedAsStrangerAsync($"Bearer {none}.");
        await RefusedAsStrangerAsync($"Bearer {unsigned}.");
        await RefusedAsStrangerAsync($"Bearer {unsigned}.AAAA");
        await RefusedAsStrangerAsync($"Bearer {new TestKey(kid).Sign(payload)}");
        await RefusedAsStrangerAsync($"Bearer {_service.Google.IssuerKeys[0].Sign(payload)}");
    }

    [Fact]
    public async Task S18_a_removed_signature_is_refused_unless_the_installation_opts_in()
    {
        await RefusedAsStrangerAsync($"Bearer {WithoutSignature(Account.Gateway)}");
    }

    [Fact]
    public async Task S18_a_removed_signature_can_be_opted_into_for_the_gateway_alone_and_never_on_internal_routes()
    {
        await using var service = await RunningService.StartAsync(
            fixture.Database, _service.Google, new() { ["Auth:Callers:AcceptRemovedSignature"] = "true" });
        var (_, token) = await _world.SessionAsync(Role.Sender);

        using var request = service.Client().Request(HttpMethod.Get, "/things", token);
        request.Headers.Remove("Authorization");
        request.Headers.TryAddWithoutValidation("Authorization", $"bearer {WithoutSignature(Account.Gateway)}");
        await GatewayClient.SendAsync(request).AcceptedAsync();

        (string Route, Account Account)[] routes = [(InternalRoutes[0], Account.Tasks), (InternalRoutes[1], Account.PubSub), (InternalRoutes[2], Account.Scheduler)];
        foreach (var (route, account) in routes)
        {
            await SendAsync(service, HttpMethod.Post, route, $"Bearer {WithoutSignature(account)}").RefusedAsync(
                HttpStatusCode.Unauthorized);
            await SendAsync(service, HttpMethod.Post, route, $"Bearer {WithoutSignature(Account.Gateway)}").RefusedAsync(
                HttpStatusCode.Forbidden);
        }

        await SendAsync(service, HttpMethod.Get, "/reasons", $"Bearer {WithoutSignature(Account.Gateway, "other audience")}").RefusedAsync(
            HttpStatusCode.Unauthorized);
        await SendAsync(service, HttpMethod.Get, "/things", $"Bearer {WithoutSignature(Account.Gateway)}").RefusedAsync(
            HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S18_each_account_opens_its_own_routes_and_no_others()
    {
        (string Method, string Path, Account Account)[] routes =
        [
            ("GET", "/reasons", Account.Gateway),
            ("POST", "/internal/tasks/drain", Account.Tasks),
            ("POST", "/internal/pubsub/error-reports", Account.PubSub),
            ("POST", "/internal/scheduler/sweep", Account.Scheduler),
            ("GET", "/smoke", Account.Deployer),
        ];
        foreach (var (method, path, owner) in routes)
        {
            foreach (var (_, _, account) in routes)
            {
                using var response = await SendAsync(
                    _service, new HttpMethod(method), path, $"Bearer {IdToken.Of(_service.Google, account)}");
                Assert.True(
                    response.IsSuccessStatusCode == (account == owner) && (account == owner || response.StatusCode == HttpStatusCode.Forbidden),
                    $"{account.Name} on {path}: {(int)response.StatusCode}");
            }
        }
    }

    [Fact]
    public async Task S18_an_internal_route_wants_no_user_and_a_user_opens_none()
    {
        var (_, token) = await _world.SessionAsync(Role.Root);
        foreach (var route in InternalRoutes)
        {
            await _client.PostAsync(route, token).RefusedAsync(HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task S18_the_headers_of_Cloud_Tasks_prove_nothing()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_service.Address, InternalRoutes[0]));
        request.Headers.TryAddWithoutValidation("X-CloudTasks-QueueName", "send-drain");
        request.Headers.TryAddWithoutValidation("X-CloudTasks-TaskName", "1");
        request.Headers.TryAddWithoutValidation("User-Agent", "Google-Cloud-Tasks");

        await GatewayClient.SendAsync(request).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S17_a_users_token_counts_only_when_the_gateway_brings_it()
    {
        var (_, token) = await _world.SessionAsync(Role.Sender);

        await (_service.Client() with { Caller = Account.Tasks }).GetAsync("/things", token).RefusedAsync(HttpStatusCode.Forbidden);
        await (_service.Client() with { Caller = Account.Stranger }).GetAsync("/things", token).RefusedAsync(HttpStatusCode.Unauthorized);
        await SendAsync(_service, HttpMethod.Get, "/things", $"Bearer {token}").RefusedAsync(HttpStatusCode.Unauthorized);
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

    [Fact]
    public async Task S38_undocumented_routes_are_404_for_a_known_caller_and_401_for_a_stranger()
    {
        foreach (var path in new[] { "/", "/swagger", "/api/v1/management/users/", "/internal", "/admin.php", "/login/../../etc/passwd", "/%2e%2e/" })
        {
            Assert.Equal("NotFound", await _client.GetAsync(path + "x").RefusedAsync(HttpStatusCode.NotFound));
            await SendAsync(_service, HttpMethod.Get, path + "x", null).RefusedAsync(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task S19_undeclared_methods_are_405_with_Allow_for_a_known_caller_and_401_for_a_stranger()
    {
        using var response = await _client.GetAsync("/login");

        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Equal(["POST"], response.Content.Headers.Allow);
        await SendAsync(_service, HttpMethod.Get, "/login", null).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("TRACE")]
    [InlineData("PUT")]
    [InlineData("OPTIONS")]
    [InlineData("CONNECTED")]
    public async Task S19_TRACE_and_other_methods_are_off(string method)
    {
        await SendAsync(_service, new HttpMethod(method), "/user", $"Bearer {IdToken.Of(_service.Google, Account.Gateway)}").RefusedAsync(
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
        await SendAsync(_service, HttpMethod.Get, "/forgotten", null).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task The_probes_are_anonymous_and_tell_nothing()
    {
        Assert.Equal("Healthy", await SendAsync(_service, HttpMethod.Get, "/health/live", null).AcceptedAsync());
        Assert.Equal("Healthy", await SendAsync(_service, HttpMethod.Get, "/health/ready", null).AcceptedAsync());
    }

    private static void Set(Dictionary<string, object> claims, string name, object? value)
    {
        claims.Remove(name);
        if (value is not null)
        {
            claims[name] = value;
        }
    }

    private static Task<HttpResponseMessage> SendAsync(RunningService service, HttpMethod method, string path, string? authorization)
    {
        var request = new HttpRequestMessage(method, new Uri(service.Address, path));
        if (authorization is not null)
        {
            request.Headers.TryAddWithoutValidation("Authorization", authorization);
        }

        return GatewayClient.SendAsync(request);
    }

    private string WithoutSignature(Account account, string? audience = null)
    {
        var token = IdToken.Of(_service.Google, account, claims => claims["aud"] = audience ?? claims["aud"]);
        return $"{token[..token.LastIndexOf('.')]}.SIGNATURE_REMOVED_BY_GOOGLE";
    }

    private async Task RefusedAsStrangerAsync(params string[] authorization)
    {
        foreach (var path in new[] { "/reasons", "/no-such-route" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_service.Address, path));
            Array.ForEach(authorization, value => request.Headers.TryAddWithoutValidation("Authorization", value));
            Assert.Equal("Unauthorized", await GatewayClient.SendAsync(request).RefusedAsync(HttpStatusCode.Unauthorized));
        }
    }
}
