using System.Net;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statement 18: who may call the container at all, proved by an ID token.</summary>
public sealed class CallerTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private static readonly string[] InternalRoutes =
        ["/internal/tasks/drain", "/internal/pubsub/error-reports", "/internal/scheduler/sweep"];

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

        (string Route, Account Account)[] routes =
            [(InternalRoutes[0], Account.Tasks), (InternalRoutes[1], Account.PubSub), (InternalRoutes[2], Account.Scheduler)];
        foreach (var (route, account) in routes)
        {
            await service.SendAsync(HttpMethod.Post, route, $"Bearer {WithoutSignature(account)}").RefusedAsync(
                HttpStatusCode.Unauthorized);
            await service.SendAsync(HttpMethod.Post, route, $"Bearer {WithoutSignature(Account.Gateway)}").RefusedAsync(
                HttpStatusCode.Forbidden);
        }

        await service.SendAsync(HttpMethod.Get, "/reasons", $"Bearer {WithoutSignature(Account.Gateway, "other audience")}").RefusedAsync(
            HttpStatusCode.Unauthorized);
        await service.SendAsync(HttpMethod.Get, "/things", $"Bearer {WithoutSignature(Account.Gateway)}").RefusedAsync(
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
                using var response = await _service.SendAsync(
                    new HttpMethod(method), path, $"Bearer {IdToken.Of(_service.Google, account)}");
                Assert.True(
                    response.IsSuccessStatusCode == (account == owner)
                        && (account == owner || response.StatusCode == HttpStatusCode.Forbidden),
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

    private static void Set(Dictionary<string, object> claims, string name, object? value)
    {
        claims.Remove(name);
        if (value is not null)
        {
            claims[name] = value;
        }
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
