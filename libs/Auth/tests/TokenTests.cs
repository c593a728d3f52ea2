using System.Buffers.Text;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EnergyLoad.Auth.Tests.Infrastructure;

namespace EnergyLoad.Auth.Tests;

/// <summary>Statements 11, 13 and 31: which tokens of users are refused.</summary>
public sealed class TokenTests(AuthFixture fixture) : IClassFixture<AuthFixture>
{
    private readonly World _world = fixture.World;
    private readonly GatewayClient _client = fixture.Service.Client();
    private readonly TestKey _key = fixture.Service.Google.IssuerKeys[0];

    [Fact]
    public async Task A_token_with_every_claim_right_is_accepted()
    {
        var user = await _world.UserAsync(Role.Sender);

        await _client.GetAsync("/things", UserToken.Of(_key, user)).AcceptedAsync();
    }

    public static TheoryData<string, string?> WrongClaims => new()
    {
        { "iss", "\"somebody-else@energyload-local.iam.gserviceaccount.com\"" },
        { "iss", null },
        { "aud", "\"http://127.0.0.1:8082\"" },
        { "aud", "[\"http://127.0.0.1:8082\"]" },
        { "aud", null },
        { "exp", "1" },
        { "exp", "0" },
        { "exp", "\"tomorrow\"" },
        { "exp", null },
        { "nbf", "99999999999" },
        { "iat", "99999999999" },
        { "user_id", null },
        { "user_id", "\"\"" },
        { "user_id", "\"nobody\"" },
        { "user_id", "17" },
        { "user_id", "\"' OR '1'='1\"" },
        { "jti", null },
        { "jti", "\"\"" },
        { "jti", "\"not-a-guid\"" },
        { "ver", null },
        { "ver", "0" },
        { "ver", "2" },
        { "ver", "\"1; DROP TABLE jwt\"" },
    };

    [Theory]
    [MemberData(nameof(WrongClaims))]
    public async Task S11_iss_aud_exp_nbf_iat_and_our_own_claims_are_checked_in_the_service(string claim, string? json)
    {
        var user = await _world.UserAsync(Role.Sender);
        var token = UserToken.Of(_key, user, claims =>
        {
            claims.Remove(claim);
            if (json is not null)
            {
                claims[claim] = JsonSerializer.Deserialize<JsonElement>(json);
            }
        });

        Assert.Equal("Unauthorized", await _client.GetAsync("/things", token).RefusedAsync(HttpStatusCode.Unauthorized));
    }

    [Theory]
    [InlineData(-59, true)]
    [InlineData(-70, false)]
    public async Task S11_clocks_may_differ_by_a_minute_and_no_more(int secondsToExpiry, bool accepted)
    {
        var user = await _world.UserAsync(Role.Sender);
        var token = UserToken.Of(
            _key, user, claims => claims["exp"] = DateTimeOffset.UtcNow.ToUnixTimeSeconds() + secondsToExpiry + (accepted ? 5 : 0));

        using var response = await _client.GetAsync("/things", token);

        Assert.Equal(accepted ? HttpStatusCode.OK : HttpStatusCode.Unauthorized, response.StatusCode);
    }

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("HS256")]
    [InlineData("RS384")]
    [InlineData("RS512")]
    [InlineData("PS256")]
    [InlineData("ES256")]
    [InlineData("rs256")]
    public async Task S11_only_RS256_is_allowed_whatever_the_header_says(string algorithm)
    {
        var user = await _world.UserAsync(Role.Sender);
        var token = _key.Sign(Payload(user), Header(algorithm));

        await _client.GetAsync("/things", token).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S11_none_without_a_signature_is_refused()
    {
        var user = await _world.UserAsync(Role.Sender);
        var unsigned = TestKey.Unsigned(Payload(user), Header("none"));

        foreach (var token in new[] { $"{unsigned}.", unsigned, $"{unsigned}.AAAA", $"{unsigned}.SIGNATURE_REMOVED_BY_GOOGLE" })
        {
            using var request = _client.Request(HttpMethod.Get, "/things");
            request.Headers.TryAddWithoutValidation("X-Forwarded-Authorization", $"Bearer {token}");
            request.Headers.TryAddWithoutValidation("X-Endpoint-API-UserInfo", token.Split('.')[1]);
            await GatewayClient.SendAsync(request).RefusedAsync(HttpStatusCode.Unauthorized);
        }
    }

    [Fact]
    public async Task S11_HS256_keyed_with_the_public_key_is_refused()
    {
        var user = await _world.UserAsync(Role.Sender);
        var unsigned = TestKey.Unsigned(Payload(user), Header("HS256"));
        foreach (var secret in new[] { _key.Rsa.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(_key.Rsa.ExportSubjectPublicKeyInfoPem()), _key.Rsa.ExportParameters(false).Modulus! })
        {
            var token = $"{unsigned}.{Base64Url.EncodeToString(HMACSHA256.HashData(secret, Encoding.ASCII.GetBytes(unsigned)))}";
            await _client.GetAsync("/things", token).RefusedAsync(HttpStatusCode.Unauthorized);
        }
    }

    [Theory]
    [InlineData("jku")]
    [InlineData("x5u")]
    [InlineData("jwk")]
    [InlineData("x5c")]
    [InlineData("crit")]
    public async Task S11_a_header_that_brings_its_own_key_is_refused_even_under_a_good_signature(string name)
    {
        var user = await _world.UserAsync(Role.Sender);
        var attacker = new TestKey(_key.Kid);
        object value = name switch
        {
            "jwk" => attacker.Public,
            "x5c" => new[] { "MIIB" },
            "crit" => new[] { "exp" },
            _ => "https://attacker.example/keys",
        };
        var header = Header("RS256");
        header[name] = value;

        await _client.GetAsync("/things", attacker.Sign(Payload(user), header)).RefusedAsync(HttpStatusCode.Unauthorized);
        await _client.GetAsync("/things", _key.Sign(Payload(user), header)).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("")]
    [InlineData("../../../../dev/null")]
    [InlineData("x' UNION SELECT 'secret")]
    [InlineData("google-1")]
    [InlineData("https://attacker.example/key")]
    public async Task S11_a_kid_is_only_looked_up_among_the_issuers_keys(string kid)
    {
        var user = await _world.UserAsync(Role.Sender);
        var header = Header("RS256");
        header["kid"] = kid;

        await _client.GetAsync("/things", _key.Sign(Payload(user), header)).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S11_a_token_without_kid_is_refused()
    {
        var user = await _world.UserAsync(Role.Sender);
        var header = Header("RS256");
        header.Remove("kid");

        await _client.GetAsync("/things", _key.Sign(Payload(user), header)).RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S11_a_foreign_key_under_our_kid_is_refused_and_so_is_a_changed_payload()
    {
        var user = await _world.UserAsync(Role.Sender);
        var other = await _world.UserAsync(Role.Root);
        var good = UserToken.Of(_key, user).Split('.');
        var stolen = UserToken.Of(_key, other).Split('.');

        await _client.GetAsync("/things", UserToken.Of(new TestKey(_key.Kid), user)).RefusedAsync(HttpStatusCode.Unauthorized);
        await _client.GetAsync("/things", $"{good[0]}.{stolen[1]}.{good[2]}").RefusedAsync(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task S31_a_key_of_fewer_than_2048_bits_is_not_believed_although_it_is_published()
    {
        var google = await FakeGoogle.StartAsync();
        var weak = new TestKey("weak", 1024);
        google.Change(it => it.IssuerKeys.Add(weak));
        await using var service = await RunningService.StartAsync(fixture.Database, google);
        var user = await _world.UserAsync(Role.Sender);

        await service.Client().GetAsync("/things", UserToken.Of(weak, user)).RefusedAsync(HttpStatusCode.Unauthorized);
        await service.Client().GetAsync("/things", UserToken.Of(google.IssuerKeys[0], user)).AcceptedAsync();
    }

    [Fact]
    public async Task S13_every_login_has_a_jti_of_its_own_and_the_claims_that_callers_know()
    {
        var user = await _world.UserAsync(Role.Sender, Role.User);
        var first = await ClaimsAsync(user);
        var second = await ClaimsAsync(user);

        Assert.NotEqual(first.GetProperty("jti").GetGuid(), second.GetProperty("jti").GetGuid());
        Assert.Equal(FakeGoogle.Issuer, first.GetProperty("iss").GetString());
        Assert.Equal(FakeGoogle.Issuer, first.GetProperty("sub").GetString());
        Assert.Equal(FakeGoogle.Issuer, first.GetProperty("email").GetString());
        Assert.Equal(RunningService.Audience, first.GetProperty("aud").GetString());
        Assert.Equal(user.Id, first.GetProperty("user_id").GetString());
        Assert.Equal(["sender", "user"], first.GetProperty("allowed_for").EnumerateArray().Select(role => role.GetString()!));
        Assert.Equal(1, first.GetProperty("ver").GetInt64());
        Assert.Equal(3600, first.GetProperty("exp").GetInt64() - first.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task A_verified_signature_is_remembered_but_the_end_of_the_token_is_not_forgotten()
    {
        var user = await _world.UserAsync(Role.Sender);
        var end = DateTimeOffset.UtcNow.AddSeconds(-57);
        var token = UserToken.Of(_key, user, claims => claims["exp"] = end.ToUnixTimeSeconds());
        await _client.GetAsync("/things", token).AcceptedAsync();

        await Eventually.HoldsAsync(async () =>
        {
            using var response = await _client.GetAsync("/things", token);
            return response.StatusCode == HttpStatusCode.Unauthorized;
        });
    }

    private async Task<JsonElement> ClaimsAsync(TestUser user)
    {
        var token = await _client.LoginAsync(user.Name, AuthFixture.Password);
        return JsonSerializer.Deserialize<JsonElement>(Base64Url.DecodeFromChars(token.Split('.')[1]));
    }

    private static string Payload(TestUser user) => JsonSerializer.Serialize(UserToken.Claims(user));

    private Dictionary<string, object> Header(string algorithm) => new() { ["alg"] = algorithm, ["kid"] = _key.Kid, ["typ"] = "JWT" };
}
