using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Local.Tests.Google;

public sealed class IdentityTests(GoogleWorld world) : IClassFixture<GoogleWorld>
{
    private const string Audience = "https://send-api.energyload.local";
    private const string GoogleIssuer = "https://accounts.google.com";
    private const string GoogleKeys = "/oauth2/v3/certs";
    private static readonly string Signer = GoogleWorld.Email("edm-tokens");

    [Fact]
    public async Task An_id_token_verifies_against_the_published_keys()
    {
        var token = await world.MetadataAsync($"instance/service-accounts/default/identity?audience={Audience}&format=full");

        var result = await world.ValidateAsync(token, GoogleKeys, GoogleIssuer, Audience);

        Assert.True(result.IsValid, result.Exception?.Message);
        var claims = Claims(token);
        Assert.Equal(
            ["aud", "azp", "email", "email_verified", "exp", "iat", "iss", "sub"],
            claims.EnumerateObject().Select(claim => claim.Name).Order());
        Assert.Equal(GoogleWorld.Email("send-api"), claims.GetProperty("email").GetString());
        Assert.True(claims.GetProperty("email_verified").GetBoolean());
        Assert.Equal("100000000000000000001", claims.GetProperty("sub").GetString());
        Assert.Equal("100000000000000000001", claims.GetProperty("azp").GetString());
        Assert.Equal(3600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
    }

    [Theory]
    [InlineData("")]
    [InlineData("&format=standard")]
    public async Task Only_a_full_token_says_the_email(string format)
    {
        var token = await world.MetadataAsync($"instance/service-accounts/default/identity?audience={Audience}{format}");

        Assert.Equal(["aud", "azp", "exp", "iat", "iss", "sub"], Claims(token).EnumerateObject().Select(claim => claim.Name).Order());
    }

    [Fact]
    public async Task A_token_for_another_audience_does_not_verify()
    {
        var token = await world.MetadataAsync("instance/service-accounts/default/identity?audience=https://other");

        Assert.IsType<SecurityTokenInvalidAudienceException>(
            (await world.ValidateAsync(token, GoogleKeys, GoogleIssuer, Audience)).Exception);
    }

    [Fact]
    public async Task The_metadata_server_answers_only_with_its_header_and_for_its_own_account()
    {
        using var http = new HttpClient { BaseAddress = world.Metadata };
        var bare = await http.GetAsync(new Uri("/computeMetadata/v1/instance/service-accounts/default/email", UriKind.Relative));
        http.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        var other = await http.GetAsync(new Uri($"/computeMetadata/v1/instance/service-accounts/{Signer}/email", UriKind.Relative));
        var noAudience = await http.GetAsync(new Uri("/computeMetadata/v1/instance/service-accounts/default/identity", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Forbidden, bare.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, other.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, noAudience.StatusCode);
        Assert.Equal(GoogleWorld.Email("send-api"), await world.MetadataAsync("instance/service-accounts/default/email"));
        Assert.Equal("energyload-local", await world.MetadataAsync("project/project-id"));
    }

    [Fact]
    public async Task The_main_port_is_no_metadata_server()
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "/computeMetadata/v1/instance/service-accounts/default/token");
        request.Headers.Add("Metadata-Flavor", "Google");

        Assert.Equal(HttpStatusCode.NotFound, (await world.Http.SendAsync(request)).StatusCode);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("made-up")]
    [InlineData("ya29.MTc5NTY1MDAwMCBtZQ.AAAA")]
    public async Task Rest_calls_need_an_access_token_that_was_issued_here(string? token)
    {
        using var http = new HttpClient { BaseAddress = world.Address };
        http.DefaultRequestHeaders.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

        var answer = await http.GetAsync(new Uri($"/v2/{GoogleWorld.Queue}", UriKind.Relative));

        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.Equal("UNAUTHENTICATED", (await GoogleWorld.ErrorAsync(answer)).GetProperty("status").GetString());
    }

    [Fact]
    public async Task An_access_token_survives_a_restart()
    {
        var before = world.Http.DefaultRequestHeaders.Authorization;
        await world.RestartAsync();
        world.Http.DefaultRequestHeaders.Authorization = before;

        Assert.Equal("RUNNING", (await world.GetAsync($"/v2/{GoogleWorld.Queue}")).GetProperty("state").GetString());
    }

    [Fact]
    public async Task Signs_a_payload_as_it_is_with_the_account_s_key()
    {
        var payload = $$"""{"iss":"{{Signer}}", "aud": "edm", "exp": {{DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds()}}, "spaced" : 1.50}""";

        var signed = await world.PostAsync($"/v1/projects/-/serviceAccounts/{Signer}:signJwt", new { payload });

        var jwt = signed.GetProperty("signedJwt").GetString()!;
        Assert.Equal(payload, Base64UrlEncoder.Decode(jwt.Split('.')[1]));
        Assert.Equal(signed.GetProperty("keyId").GetString(), new JsonWebToken(jwt).Kid);
        Assert.True((await world.ValidateAsync(jwt, $"/service_accounts/v1/jwk/{Signer}", Signer, "edm")).IsValid);
        Assert.False((await world.ValidateAsync(jwt, GoogleKeys, Signer, "edm")).IsValid);
    }

    [Fact]
    public async Task Gives_an_id_token_of_another_account_as_IAM_Credentials_does()
    {
        var account = GoogleWorld.Email("send-api");
        var given = await world.PostAsync(
            $"/v1/projects/-/serviceAccounts/{account}:generateIdToken", new { audience = Audience, includeEmail = true });
        var bare = await world.PostAsync($"/v1/projects/-/serviceAccounts/{account}:generateIdToken", new { audience = Audience });
        var unknown = await world.Http.PostAsJsonAsync(
            "/v1/projects/-/serviceAccounts/nobody@x:generateIdToken", new { audience = Audience });
        var noAudience = await world.Http.PostAsJsonAsync(
            $"/v1/projects/-/serviceAccounts/{account}:generateIdToken", new { includeEmail = true });

        var token = given.GetProperty("token").GetString()!;
        Assert.True((await world.ValidateAsync(token, GoogleKeys, GoogleIssuer, Audience)).IsValid);
        Assert.Equal(account, Claims(token).GetProperty("email").GetString());
        Assert.False(Claims(bare.GetProperty("token").GetString()!).TryGetProperty("email", out _));
        Assert.Equal((HttpStatusCode.Forbidden, HttpStatusCode.BadRequest), (unknown.StatusCode, noAudience.StatusCode));
    }

    [Fact]
    public async Task Does_not_sign_for_unknown_accounts_or_more_than_twelve_hours()
    {
        var unknown = await world.Http.PostAsJsonAsync("/v1/projects/-/serviceAccounts/nobody@x:signJwt", new { payload = "{}" });
        var exp = DateTimeOffset.UtcNow.AddHours(13).ToUnixTimeSeconds();
        var tooLong = await world.Http.PostAsJsonAsync($"/v1/projects/-/serviceAccounts/{Signer}:signJwt", new { payload = $$"""{"exp":{{exp}}}""" });
        var noJson = await world.Http.PostAsJsonAsync($"/v1/projects/-/serviceAccounts/{Signer}:signJwt", new { payload = "text" });

        Assert.Equal(HttpStatusCode.Forbidden, unknown.StatusCode);
        Assert.Contains(
            "iam.serviceAccounts.signJwt",
            (await GoogleWorld.ErrorAsync(unknown)).GetProperty("message").GetString(),
            StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, tooLong.StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, noJson.StatusCode);
    }

    [Fact]
    public async Task Rotation_publishes_two_keys_and_signs_with_the_new_one()
    {
        var account = GoogleWorld.Email("send-api");
        var before = await SignAsync(account);

        var rotated = await world.PostAsync("/control/keys", new { account, rotate = true });
        var after = await SignAsync(account);

        Assert.Equal(2, rotated.GetProperty("published").GetArrayLength());
        Assert.NotEqual(new JsonWebToken(before).Kid, new JsonWebToken(after).Kid);
        Assert.True((await world.ValidateAsync(before, $"/service_accounts/v1/jwk/{account}", account, "edm")).IsValid);
        Assert.True((await world.ValidateAsync(after, $"/service_accounts/v1/jwk/{account}", account, "edm")).IsValid);
    }

    [Fact]
    public async Task A_key_can_be_published_before_it_signs()
    {
        var account = GoogleWorld.Email("scheduler");
        var published = await world.PostAsync("/control/keys", new { account, publish = true });
        var before = new JsonWebToken(await SignAsync(account)).Kid;
        await world.RestartAsync();
        await world.PostAsync("/control/keys", new { account, rotate = true });
        var after = new JsonWebToken(await SignAsync(account)).Kid;

        Assert.Equal([before, after], published.GetProperty("published").EnumerateArray().Select(key => key.GetString()));
    }

    private async Task<string> SignAsync(string account)
    {
        var payload = JsonSerializer.Serialize(
            new { iss = account, aud = "edm", exp = DateTimeOffset.UtcNow.AddHours(1).ToUnixTimeSeconds() });
        return (await world.PostAsync($"/v1/projects/-/serviceAccounts/{account}:signJwt", new { payload })).GetProperty("signedJwt")
            .GetString()!;
    }

    private static JsonElement Claims(string token) =>
        JsonElement.Parse(Encoding.UTF8.GetString(Base64UrlEncoder.DecodeBytes(token.Split('.')[1])));
}
