namespace EnergyLoad.Local.Tests.Gateway;

public sealed class RouteTests(GatewayWorld world) : IClassFixture<GatewayWorld>
{
    [Theory]
    [InlineData("/")]
    [InlineData("/nothing")]
    [InlineData("/LOGIN")]
    [InlineData("/login/more")]
    [InlineData("/healthz")]
    [InlineData("/health/ready")]
    [InlineData("/internal/tasks/drain")]
    [InlineData("/api/v1/management/users/a/b")]
    [InlineData("/api/v1/service/send/a%2Fb/c/d")]
    public async Task An_undeclared_path_is_404_without_credentials(string path)
    {
        var answer = await world.RefusedAsync(
            404, "The current request is not defined by this API.", GatewayWorld.Request(HttpMethod.Post, path, key: null));

        Assert.False(answer.Headers.Contains("WWW-Authenticate"));
    }

    [Theory]
    [InlineData("GET", "/login", "/login")]
    [InlineData("OPTIONS", "/login", "/login")]
    [InlineData("TRACE", "/login", "/login")]
    [InlineData("PUT", "/api/v1/service/send/", "/api/v1/service/send")]
    [InlineData("POST", "/api/v1/service/send/ledger", "/api/v1/service/send/ledger")]
    [InlineData("DELETE", "/api/v1/service/send/abc", "/api/v1/service/send/{sendId}")]
    [InlineData("OPTIONS", "/api/v1/service/send/abc/cancel/", "/api/v1/service/send/{sendId}/cancel")]
    public async Task An_undeclared_method_is_405_without_credentials(string method, string path, string template) =>
        await world.RefusedAsync(
            405,
            $"The current request is matched to the defined url template \"{template}\" but its http method is not allowed",
            GatewayWorld.Request(new HttpMethod(method), path, key: null));

    [Fact]
    public async Task Head_is_not_get()
    {
        var answer = await world.Http.SendAsync(GatewayWorld.Request(HttpMethod.Head, "/health"));

        Assert.Equal(405, (int)answer.StatusCode);
    }

    [Theory]
    [InlineData("POST", "/api/v1/service/send")]
    [InlineData("POST", "/api/v1/service/send/")]
    [InlineData("GET", "/api/v1/service/send?meter=LU_VPC_Elec_4&at=2022-10-01T02%3A30%3A00Z")]
    [InlineData("GET", "/api/v1/service/send/01926a2e-1111-7000-8000-000000000000")]
    [InlineData("GET", "/api/v1/service/send/01926a2e-1111-7000-8000-000000000000/")]
    [InlineData("GET", "/api/v1/management/users/user/a%2Fb%20c+d%C3%A9")]
    [InlineData("PATCH", "/api/v1/management/users/user/edit/42")]
    public async Task A_declared_request_reaches_the_service_as_it_was_written(string method, string target)
    {
        var echo = await world.EchoAsync(GatewayWorld.Request(new HttpMethod(method), target, world.Token));

        Assert.Equal((method, target), (echo.Method, echo.Target));
    }

    [Theory]
    [InlineData("//health", "/health")]
    [InlineData("/api/../health", "/health")]
    [InlineData("/x/%2e%2E/./health", "/health")]
    [InlineData("/../../health", "/health")]
    [InlineData("/health/.", "/health/")]
    [InlineData("/health//", "/health/")]
    [InlineData("/x\\..\\health", "/health")]
    [InlineData("http://send-gateway.example/health", "/health")]
    [InlineData("/health?x=%2e%2E/..//=", "/health?x=%2e%2E/..//=")]
    public async Task A_path_is_normalised_before_it_is_matched_and_passed_on(string written, string passed)
    {
        var answer = await RawRequest.SendAsync(world.Address, $"GET {written} HTTP/1.1", $"x-api-key: {GatewayWorld.ApiKey}");

        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains($"\"target\":\"{passed}\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Methods_are_told_apart_by_case()
    {
        var answer = await RawRequest.SendAsync(world.Address, "get /health HTTP/1.1", $"x-api-key: {GatewayWorld.ApiKey}");

        Assert.StartsWith("HTTP/1.1 405", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fragment_is_refused()
    {
        var answer = await RawRequest.SendAsync(world.Address, "GET /health#a HTTP/1.1", $"x-api-key: {GatewayWorld.ApiKey}");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_literal_segment_goes_before_a_variable_one()
    {
        await using var other = await GatewayWorlds.WithPathsAsync("""
              /a/{id}:
                get: { operationId: Variable, security: [] , x-google-backend: { address: "http://b/variable", path_translation: APPEND_PATH_TO_ADDRESS, disable_auth: true } }
              /a/b:
                get: { operationId: Literal, security: [], x-google-backend: { address: "http://b/literal/", path_translation: APPEND_PATH_TO_ADDRESS, disable_auth: true } }
            """);

        Assert.Equal("/literal/a/b", (await other.World.EchoAsync(GatewayWorld.Get("/a/b"))).Target);
        Assert.Equal("/variable/a/c?q=1", (await other.World.EchoAsync(GatewayWorld.Get("/a/c?q=1"))).Target);
    }

    [Fact]
    public async Task The_method_override_decides_the_route_and_goes_no_further()
    {
        var request = GatewayWorld.Request(HttpMethod.Post, "/api/v1/management/users/user/edit/42", world.Token);
        request.Headers.Add("X-HTTP-Method-Override", "PATCH");

        var echo = await world.EchoAsync(request);

        Assert.Equal("PATCH", echo.Method);
        Assert.Empty(echo.All("X-HTTP-Method-Override"));
    }

    [Fact]
    public async Task The_method_override_brings_the_requirements_of_the_new_method()
    {
        var request = GatewayWorld.Get("/login", key: null);
        request.Headers.Add("X-HTTP-Method-Override", "POST");

        await world.RefusedAsync(401, TestWords.KeyMissing, request);
    }

    [Fact]
    public async Task A_header_name_with_an_underscore_is_refused()
    {
        var answer = await RawRequest.SendAsync(
            world.Address, "GET /health HTTP/1.1", $"x-api-key: {GatewayWorld.ApiKey}", "x_forwarded_authorization: Bearer x");

        Assert.StartsWith("HTTP/1.1 400", answer, StringComparison.Ordinal);
        Assert.Contains("\"message\":\"Bad Request\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_hundred_headers_are_431()
    {
        var request = GatewayWorld.Get("/health");
        foreach (var number in Enumerable.Range(0, 100))
        {
            request.Headers.Add($"x-filler-{number}", "1");
        }

        await world.RefusedAsync(431, "Request Header Fields Too Large", request);
    }

    [Fact]
    public async Task More_than_sixty_kibibytes_of_headers_are_431()
    {
        var request = GatewayWorld.Get("/health");
        request.Headers.Add("x-filler", new string('x', 61 * 1024));

        await world.RefusedAsync(431, "Request Header Fields Too Large", request);
    }
}
