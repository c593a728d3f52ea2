namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>What would happen with contracts that ours must not be: why ours is as it is.</summary>
public sealed class OtherContractTests
{
    private const string JwtRoute = """
          /user:
            get: { operationId: GetUser }
        """;

    [Fact]
    public async Task With_the_default_locations_a_forged_forwarded_authorization_passes_beside_a_token_in_the_query()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync(JwtRoute);
        var token = worlds.World.Token;
        var request = GatewayWorld.Get($"/user?access_token={token}");
        request.Headers.Add("X-Forwarded-Authorization", "Bearer forged");
        request.Headers.Add("X-Endpoint-API-UserInfo", "forged");

        var echo = await worlds.World.EchoAsync(request);

        Assert.Equal("Bearer forged", echo.One("X-Forwarded-Authorization"));
        Assert.Equal(token.Split('.')[1], echo.One("X-Endpoint-API-UserInfo"));
        Assert.Contains($"access_token={token}", echo.Target, StringComparison.Ordinal);
    }

    [Fact]
    public async Task With_several_locations_every_token_found_has_to_be_good()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync(JwtRoute);
        var request = GatewayWorld.Get("/user", worlds.World.Token);
        request.Headers.Add("X-Goog-Iap-Jwt-Assertion", "not.a.token");

        Assert.Equal(401, (int)(await worlds.World.Http.SendAsync(request)).StatusCode);
    }

    [Fact]
    public async Task With_two_security_items_a_wrong_key_passes()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync("""
              /user:
                get: { operationId: GetUser, security: [{ api_key: [] }, { edm_jwt: [] }] }
            """);

        await worlds.World.EchoAsync(GatewayWorld.Get("/user", worlds.World.Token, key: "wrong"));
        await worlds.World.RefusedAsync(401, "Jwt is missing", GatewayWorld.Get("/user"));
    }

    [Fact]
    public async Task Where_no_key_is_required_the_client_s_consumer_headers_pass()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync("""
              /open:
                get: { operationId: Open, security: [] }
            """);
        var request = GatewayWorld.Get("/open");
        request.Headers.Add("X-Endpoint-API-Consumer-Number", "1");

        Assert.Equal("1", (await worlds.World.EchoAsync(request)).One("X-Endpoint-API-Consumer-Number"));
    }

    [Fact]
    public async Task Without_backend_authentication_the_client_s_Authorization_passes_as_it_is()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync("""
              /open:
                get: { operationId: Open, security: [], x-google-backend: { address: "${BACKEND_URL}", path_translation: APPEND_PATH_TO_ADDRESS, disable_auth: true } }
            """);
        var token = worlds.World.Token;

        var echo = await worlds.World.EchoAsync(GatewayWorld.Get("/open", token));

        Assert.Equal($"Bearer {token}", echo.One("Authorization"));
        Assert.Empty(echo.All("X-Forwarded-Authorization"));
    }

    [Fact]
    public async Task Behind_a_backend_path_a_target_over_8192_bytes_is_refused()
    {
        await using var worlds = await GatewayWorlds.WithPathsAsync("""
              /open:
                get: { operationId: Open, security: [], x-google-backend: { address: "${BACKEND_URL}/base", path_translation: APPEND_PATH_TO_ADDRESS, disable_auth: true } }
            """);

        await worlds.World.RefusedAsync(
            400, "Path is too long, max allowed size is 8192.", GatewayWorld.Get("/open?" + new string('x', 8200)));
    }
}
