namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>What the service sees of a request.</summary>
public sealed class BackendHeaderTests(GatewayWorld world) : IClassFixture<GatewayWorld>
{
    private const string Parent = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

    [Fact]
    public async Task The_id_token_takes_the_place_of_Authorization_which_is_forwarded_apart()
    {
        var token = world.Token;

        var echo = await world.EchoAsync(GatewayWorld.Get("/user", token));

        Assert.Equal($"Bearer {token}", echo.One("X-Forwarded-Authorization"));
        Assert.StartsWith("Bearer ey", echo.One("Authorization"), StringComparison.Ordinal);
        Assert.NotEqual($"Bearer {token}", echo.One("Authorization"));
    }

    [Fact]
    public async Task The_id_token_is_asked_for_in_the_standard_format_for_the_contract_s_audience()
    {
        await world.EchoAsync(GatewayWorld.Get("/health"));

        var (query, flavor) = Assert.Single(world.Google.IdentityRequests);
        Assert.Equal($"?format=standard&audience={Uri.EscapeDataString(GatewayWorld.Audience)}", query);
        Assert.Equal("Google", flavor);
    }

    [Fact]
    public async Task The_token_s_payload_goes_along_as_it_is()
    {
        var token = world.Token;

        var echo = await world.EchoAsync(GatewayWorld.Get("/user", token));

        Assert.Equal(token.Split('.')[1], echo.One("X-Endpoint-API-UserInfo"));
    }

    [Fact]
    public async Task A_forged_user_info_is_replaced_where_a_token_is_required()
    {
        var token = world.Token;
        var request = GatewayWorld.Get("/user", token);
        request.Headers.Add("X-Endpoint-API-UserInfo", ["forged", "forged-too"]);

        var echo = await world.EchoAsync(request);

        Assert.Equal(token.Split('.')[1], echo.One("X-Endpoint-API-UserInfo"));
    }

    [Fact]
    public async Task A_forged_forwarded_authorization_is_replaced_when_the_client_sends_Authorization()
    {
        var token = world.Token;
        var request = GatewayWorld.Get("/user", token);
        request.Headers.Add("X-Forwarded-Authorization", ["Bearer forged", "Bearer forged-too"]);

        var echo = await world.EchoAsync(request);

        Assert.Equal($"Bearer {token}", echo.One("X-Forwarded-Authorization"));
    }

    [Fact]
    public async Task On_login_a_forged_user_info_and_forwarded_authorization_pass_untouched()
    {
        var request = GatewayWorld.Request(HttpMethod.Post, "/login");
        request.Headers.Add("X-Endpoint-API-UserInfo", "forged");
        request.Headers.Add("X-Forwarded-Authorization", "Bearer forged");

        var echo = await world.EchoAsync(request);

        Assert.Equal("forged", echo.One("X-Endpoint-API-UserInfo"));
        Assert.Equal("Bearer forged", echo.One("X-Forwarded-Authorization"));
    }

    [Fact]
    public async Task On_login_an_Authorization_of_the_client_is_forwarded_unchecked()
    {
        var request = GatewayWorld.Request(HttpMethod.Post, "/login");
        request.Headers.TryAddWithoutValidation("Authorization", "Basic dTpw");

        Assert.Equal("Basic dTpw", (await world.EchoAsync(request)).One("X-Forwarded-Authorization"));
    }

    [Fact]
    public async Task Without_Authorization_nothing_is_forwarded() =>
        Assert.Empty((await world.EchoAsync(GatewayWorld.Request(HttpMethod.Post, "/login"))).All("X-Forwarded-Authorization"));

    [Fact]
    public async Task The_host_is_the_backend_s() =>
        Assert.Equal("send-api.internal", (await world.EchoAsync(GatewayWorld.Get("/health"))).One("Host"));

    [Fact]
    public async Task Two_hops_are_appended_to_what_the_client_claims_of_its_address()
    {
        var request = GatewayWorld.Get("/health");
        request.Headers.Add("X-Forwarded-For", "8.8.8.8");

        Assert.Equal("8.8.8.8,127.0.0.1,127.0.0.1", (await world.EchoAsync(request)).One("X-Forwarded-For"));
        Assert.Equal("127.0.0.1,127.0.0.1", (await world.EchoAsync(GatewayWorld.Get("/health"))).One("X-Forwarded-For"));
    }

    [Fact]
    public async Task A_request_id_is_kept_or_made()
    {
        var request = GatewayWorld.Get("/health");
        request.Headers.Add("X-Request-Id", "mine");

        Assert.Equal("mine", (await world.EchoAsync(request)).One("X-Request-Id"));
        Assert.True(Guid.TryParse((await world.EchoAsync(GatewayWorld.Get("/health"))).One("X-Request-Id"), out _));
    }

    [Theory]
    [InlineData("traceparent", Parent, "01")]
    [InlineData("X-Cloud-Trace-Context", "0af7651916cd43dd8448eb211c80319c/123;o=1", "01")]
    [InlineData("X-Cloud-Trace-Context", "0AF7651916CD43DD8448EB211C80319C/123", "00")]
    public async Task A_trace_goes_on_under_a_new_span_in_both_headers(string name, string value, string flags)
    {
        var request = GatewayWorld.Get("/health");
        request.Headers.Add(name, value);

        var echo = await world.EchoAsync(request);

        var parts = echo.One("traceparent").Split('-');
        Assert.Equal(("0af7651916cd43dd8448eb211c80319c", flags), (parts[1], parts[3]));
        Assert.NotEqual("b7ad6b7169203331", parts[2]);
        Assert.StartsWith("0af7651916cd43dd8448eb211c80319c/", echo.One("X-Cloud-Trace-Context"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_traceparent_goes_before_a_cloud_trace_and_a_broken_one_starts_anew()
    {
        var both = GatewayWorld.Get("/health");
        both.Headers.Add("traceparent", Parent);
        both.Headers.Add("X-Cloud-Trace-Context", "ffffffffffffffffffffffffffffffff/1");
        var broken = GatewayWorld.Get("/health");
        broken.Headers.Add("traceparent", "nonsense");

        Assert.Contains(
            "0af7651916cd43dd8448eb211c80319c", (await world.EchoAsync(both)).One("X-Cloud-Trace-Context"), StringComparison.Ordinal);
        Assert.Matches("^00-[0-9a-f]{32}-[0-9a-f]{16}-00$", (await world.EchoAsync(broken)).One("traceparent"));
    }

    [Fact]
    public async Task Headers_of_envoy_s_own_are_stripped_but_for_the_original_path()
    {
        var request = GatewayWorld.Get("/health");
        request.Headers.Add("x-envoy-max-retries", "9");
        request.Headers.Add("x-envoy-upstream-rq-timeout-ms", "1");
        request.Headers.Add("x-envoy-original-path", "/secret");

        var echo = await world.EchoAsync(request);

        Assert.Equal("/secret", echo.One("x-envoy-original-path"));
        Assert.Single(echo.Headers, header => header.Name.StartsWith("x-envoy-", StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public async Task Everything_else_passes_byte_for_byte()
    {
        var answer = await RawRequest.SendAsync(
            world.Address, "GET /health HTTP/1.1", $"x-api-key: {GatewayWorld.ApiKey}", "x-free: caf\u00e9 = \"1\"", "x-free: two", "Cookie: a=b; c=d", "x-goog-anything: kept");

        // The echo is UTF-8 and was read byte by byte; lines of one name arrive joined, which means the same (RFC 9110, section 5.3).
        Assert.Contains("caf\u00c3\u00a9 = \\\"1\\\", two", answer, StringComparison.Ordinal);
        Assert.Contains("\"value\":\"a=b; c=d\"", answer, StringComparison.Ordinal);
        Assert.Contains("\"value\":\"kept\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_body_passes_with_its_type_and_length()
    {
        var request = GatewayWorld.Request(HttpMethod.Post, "/api/v1/service/send/", world.Token);
        request.Content = new StringContent("{\"value\":12.50}", null, "application/json");

        var echo = await world.EchoAsync(request);

        Assert.Equal("{\"value\":12.50}", echo.Body);
        Assert.Equal("15", echo.One("Content-Length"));
        Assert.StartsWith("application/json", echo.One("Content-Type"), StringComparison.Ordinal);
    }
}
