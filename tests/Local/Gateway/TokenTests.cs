using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;

namespace EnergyLoad.Local.Tests.Gateway;

public sealed class TokenTests(GatewayWorld world) : IClassFixture<GatewayWorld>
{
    private const string Path = "/user";
    private const string NoMatchingKey = "Jwks doesn't have key to match kid or alg from Jwt";

    private string Realm => $"Bearer realm=\"http://{world.Address.Authority}{Path}\"";

    private TestToken Good => new() { Key = world.Google.Key };

    [Fact]
    public async Task No_token_is_401_with_a_bare_challenge()
    {
        var answer = await world.RefusedAsync(401, "Jwt is missing", GatewayWorld.Get(Path));

        Assert.Equal(Realm, answer.Headers.GetValues("WWW-Authenticate").Single());
    }

    [Fact]
    public async Task The_token_is_looked_at_before_the_key() =>
        await world.RefusedAsync(401, "Jwt is missing", GatewayWorld.Get(Path, key: null));

    [Theory]
    [InlineData("Basic dTpw")]
    [InlineData("bearer a.b.c")]
    [InlineData("Token a.b.c")]
    [InlineData("Bearer")]
    public async Task Authorization_of_another_scheme_counts_as_no_token(string authorization)
    {
        var request = GatewayWorld.Get(Path);
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        await world.RefusedAsync(401, "Jwt is missing", request);
    }

    [Fact]
    public async Task The_realm_is_cut_after_256_characters_of_path_and_query()
    {
        var target = "/user?key=" + new string('k', 300);

        var answer = await world.Http.SendAsync(GatewayWorld.Get(target));

        Assert.Equal(
            $"Bearer realm=\"http://{world.Address.Authority}{target[..256]}\"", answer.Headers.GetValues("WWW-Authenticate").Single());
    }

    [Fact]
    public async Task The_wrong_issuer_is_401() =>
        await AssertRefusedAsync(401, "Jwt issuer is not configured", (Good with { Issuer = "somebody@else" }).Encode());

    [Fact]
    public async Task A_token_is_good_for_a_minute_longer_than_it_says()
    {
        Assert.Equal(200, (int)(await SendAsync((Good with { ExpiresIn = TimeSpan.FromSeconds(-45) }).Encode())).StatusCode);
        await AssertRefusedAsync(401, "Jwt is expired", (Good with { ExpiresIn = TimeSpan.FromSeconds(-75) }).Encode());
    }

    [Fact]
    public async Task A_token_is_good_a_minute_before_it_says()
    {
        Assert.Equal(200, (int)(await SendAsync((Good with { ValidIn = TimeSpan.FromSeconds(45) }).Encode())).StatusCode);
        await AssertRefusedAsync(401, "Jwt not yet valid", (Good with { ValidIn = TimeSpan.FromSeconds(90) }).Encode());
    }

    [Fact]
    public async Task A_token_without_expiry_is_accepted_here_so_the_service_must_require_one() =>
        Assert.Equal(200, (int)(await SendAsync((Good with { ExpiresIn = null }).Encode())).StatusCode);

    [Theory]
    [InlineData("https://send-gateway.example/", 200)]
    [InlineData("http://send-gateway.example", 200)]
    [InlineData("send-gateway.example", 200)]
    [InlineData("https://send-gateway.example//", 403)]
    [InlineData("https://receive-gateway.example", 403)]
    [InlineData("HTTPS://send-gateway.example", 403)]
    public async Task Audiences_are_compared_without_scheme_and_one_slash(string audience, int status) =>
        Assert.Equal(status, (int)(await SendAsync((Good with { Audience = audience }).Encode())).StatusCode);

    [Fact]
    public async Task One_audience_of_a_list_is_enough() =>
        Assert.Equal(200, (int)(await SendAsync((Good with { Audience = new[] { "x", TestToken.GoodAudience } }).Encode())).StatusCode);

    [Fact]
    public async Task The_wrong_audience_is_403_with_the_challenge() =>
        await AssertRefusedAsync(403, "Audiences in Jwt are not allowed", (Good with { Audience = "https://other" }).Encode());

    [Fact]
    public async Task Claims_are_judged_before_the_signature()
    {
        using var stranger = RSA.Create(2048);

        await AssertRefusedAsync(401, "Jwt is expired", (Good with { Key = stranger, ExpiresIn = TimeSpan.FromHours(-1) }).Encode());
    }

    [Fact]
    public async Task A_signature_by_another_key_is_401()
    {
        using var stranger = RSA.Create(2048);

        await AssertRefusedAsync(401, "Jwt verification fails", (Good with { Key = stranger }).Encode());
    }

    [Fact]
    public async Task A_changed_payload_is_401_even_after_the_good_token_was_seen()
    {
        var token = Good.Encode();
        Assert.Equal(200, (int)(await SendAsync(token)).StatusCode);
        var parts = token.Split('.');
        var payload = JsonNode.Parse(Encoding.UTF8.GetString(System.Buffers.Text.Base64Url.DecodeFromChars(parts[1])))!.AsObject();
        payload["user_id"] = "root";

        await AssertRefusedAsync(401, "Jwt verification fails", $"{parts[0]}.{TestToken.Part(payload)}.{parts[2]}");
    }

    [Fact]
    public async Task No_algorithm_but_the_key_s_own_is_accepted()
    {
        var publicKey = Encoding.ASCII.GetBytes(world.Google.Key.ExportSubjectPublicKeyInfoPem());

        await AssertRefusedAsync(401, "Jwt header [alg] is not supported", (Good with { Algorithm = "none" }).Encode());
        await AssertRefusedAsync(
            401, NoMatchingKey, (Good with { Algorithm = "HS256", Signer = data => HMACSHA256.HashData(publicKey, data) }).Encode());
        await AssertRefusedAsync(401, NoMatchingKey, (Good with { Algorithm = "RS512" }).Encode());
    }

    [Fact]
    public async Task An_unknown_key_id_is_401_and_fetches_nothing()
    {
        await AssertRefusedAsync(401, NoMatchingKey, (Good with { KeyId = "key-of-tomorrow" }).Encode());

        Assert.Equal(1, world.Google.KeyRequests);
    }

    [Fact]
    public async Task A_token_without_a_key_id_is_tried_with_every_key() =>
        Assert.Equal(200, (int)(await SendAsync((Good with { KeyId = null }).Encode())).StatusCode);

    [Theory]
    [InlineData("X-Goog-Iap-Jwt-Assertion", "/user")]
    [InlineData(null, "/user?access_token=")]
    public async Task A_token_anywhere_but_in_Authorization_is_no_token(string? header, string target)
    {
        var request = GatewayWorld.Get(header is null ? target + Good.Encode() : target);
        if (header is not null)
        {
            request.Headers.Add(header, Good.Encode());
        }

        await world.RefusedAsync(401, "Jwt is missing", request);
    }

    [Fact]
    public async Task Two_Authorization_headers_are_refused_though_each_is_good()
    {
        var token = Good.Encode();

        var answer = await RawRequest.SendAsync(
            world.Address, "GET /user HTTP/1.1", $"x-api-key: {GatewayWorld.ApiKey}", $"Authorization: Bearer {token}", $"Authorization: Bearer {token}");

        Assert.StartsWith("HTTP/1.1 401", answer, StringComparison.Ordinal);
    }

    private Task<HttpResponseMessage> SendAsync(string token)
    {
        var request = GatewayWorld.Get(Path);
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return world.Http.SendAsync(request);
    }

    private async Task AssertRefusedAsync(int status, string message, string token)
    {
        var answer = await SendAsync(token);

        await GatewayWorld.AssertRefusalAsync(status, message, answer);
        Assert.Equal($"{Realm}, error=\"invalid_token\"", answer.Headers.GetValues("WWW-Authenticate").Single());
    }
}
