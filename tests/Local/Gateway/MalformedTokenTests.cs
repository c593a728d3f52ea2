using System.Text.Json.Nodes;

namespace EnergyLoad.Local.Tests.Gateway;

public sealed class MalformedTokenTests(GatewayWorld world) : IClassFixture<GatewayWorld>
{
    private const string BadForm = "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections";

    [Theory]
    [InlineData("a.b", BadForm)]
    [InlineData("a.b.c.d", BadForm)]
    [InlineData("a..c", BadForm)]
    [InlineData("a b.c.d", "Jwt header is an invalid Base64url encoded")]
    [InlineData("e30=.e30.e30", "Jwt header is an invalid Base64url encoded")]
    [InlineData("bm90anNvbg.e30.e30", "Jwt header is an invalid JSON")]
    [InlineData("e30.e30.e30", "Jwt header [alg] field is required and must be a string")]
    public async Task A_malformed_token_is_401_and_named(string token, string message) => await AssertRefusedAsync(message, token);

    [Fact]
    public async Task A_payload_that_cannot_be_read_is_401_and_named()
    {
        var header = TestToken.Part(new JsonObject { ["alg"] = "RS256" });

        await AssertRefusedAsync("Jwt payload is an invalid Base64url encoded", $"{header}.e30=.e30");
        await AssertRefusedAsync("Jwt payload is an invalid JSON", $"{header}.bm90anNvbg.e30");
        await AssertRefusedAsync("Jwt payload [iss] field is not a string", $"{header}.{Claim("iss", 1)}.e30");
        await AssertRefusedAsync("Jwt payload [exp] field is not an integer", $"{header}.{Claim("exp", "soon")}.e30");
        await AssertRefusedAsync("Jwt payload [aud] field is not a string or string list", $"{header}.{Claim("aud", 7)}.e30");
        await AssertRefusedAsync("Jwt signature is an invalid Base64url encoded", $"{header}.e30.e30=");
    }

    [Fact]
    public async Task A_good_token_padded_in_any_part_is_refused()
    {
        var parts = new TestToken { Key = world.Google.Key }.Encode().Split('.');

        foreach (var index in Enumerable.Range(0, 3))
        {
            var padded = parts.ToArray();
            padded[index] += "=";
            Assert.Equal(401, (int)(await SendAsync(string.Join('.', padded))).StatusCode);
        }
    }

    private static string Claim(string name, JsonNode value) => TestToken.Part(new JsonObject { [name] = value });

    private Task<HttpResponseMessage> SendAsync(string token)
    {
        var request = GatewayWorld.Get("/user");
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");
        return world.Http.SendAsync(request);
    }

    private async Task AssertRefusedAsync(string message, string token)
    {
        var answer = await SendAsync(token);

        await GatewayWorld.AssertRefusalAsync(401, message, answer);
        Assert.EndsWith(", error=\"invalid_token\"", answer.Headers.GetValues("WWW-Authenticate").Single(), StringComparison.Ordinal);
    }
}
