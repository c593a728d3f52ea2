namespace EnergyLoad.Local.Tests.Gateway;

public sealed class KeyTests(GatewayWorld world) : IClassFixture<GatewayWorld>
{
    [Fact]
    public async Task No_key_is_401_without_a_challenge()
    {
        var answer = await world.RefusedAsync(401, TestWords.KeyMissing, GatewayWorld.Get("/user", world.Token, key: null));

        Assert.False(answer.Headers.Contains("WWW-Authenticate"));
    }

    [Fact]
    public async Task An_unknown_key_is_400() =>
        await world.RefusedAsync(400, TestWords.KeyUnknown, GatewayWorld.Get("/user", world.Token, key: "wrong"));

    [Theory]
    [InlineData("/health")]
    [InlineData("/reasons")]
    public async Task A_route_that_needs_only_the_key_still_needs_it(string path)
    {
        await world.RefusedAsync(401, TestWords.KeyMissing, GatewayWorld.Get(path, world.Token, key: null));
        await world.RefusedAsync(400, TestWords.KeyUnknown, GatewayWorld.Get(path, key: GatewayWorld.ApiKey + "x"));
        await world.EchoAsync(GatewayWorld.Get(path));
    }

    [Theory]
    [InlineData("?key={0}", null, 200)]
    [InlineData("?api_key={0}", null, 200)]
    [InlineData("?a=b&key={0}&key=wrong", null, 200)]
    [InlineData("", "{0}", 200)]
    [InlineData("?key={0}", "wrong", 200)]
    [InlineData("?key=wrong", "{0}", 400)]
    [InlineData("?key=wrong&api_key={0}", null, 400)]
    [InlineData("?key=", "{0}", 401)]
    [InlineData("?key", "{0}", 401)]
    [InlineData("?KEY={0}", null, 401)]
    [InlineData("?key=%61-key-of-the-tests", null, 400)]
    public async Task The_first_place_that_is_there_counts(string query, string? header, int status)
    {
        string With(string text) => text.Replace("{0}", GatewayWorld.ApiKey, StringComparison.Ordinal);
        var lines = header is null ? Array.Empty<string>() : [$"x-api-key: {With(header)}"];

        var answer = await RawRequest.SendAsync(world.Address, [$"GET /health{With(query)} HTTP/1.1", .. lines]);

        Assert.StartsWith($"HTTP/1.1 {status} ", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_key_s_project_is_told_to_the_service_and_replaces_what_the_client_claims()
    {
        var request = GatewayWorld.Get("/health");
        request.Headers.Add("X-Endpoint-API-Consumer-Type", "SERVICE");
        request.Headers.Add("X-Endpoint-API-Consumer-Number", "1");

        var echo = await world.EchoAsync(request);

        Assert.Equal("PROJECT", echo.One("X-Endpoint-API-Consumer-Type"));
        Assert.Equal("424242", echo.One("X-Endpoint-API-Consumer-Number"));
    }

    [Fact]
    public async Task The_key_stays_in_the_request()
    {
        var inHeader = await world.EchoAsync(GatewayWorld.Get("/health"));
        var inQuery = await world.EchoAsync(GatewayWorld.Get($"/health?key={GatewayWorld.ApiKey}", key: null));

        Assert.Equal(GatewayWorld.ApiKey, inHeader.One("x-api-key"));
        Assert.Equal($"/health?key={GatewayWorld.ApiKey}", inQuery.Target);
    }
}
