using EnergyLoad.Local.Gateway.Contract;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>What an OpenAPI document tells the gateway, as Endpoints compiles it.</summary>
public sealed class ContractReadingTests
{
    private const string Definitions = """
        swagger: "2.0"
        host: gateway.example
        securityDefinitions:
          api_key: { type: apiKey, name: key, in: query }
          edm_jwt: { type: oauth2, x-google-issuer: me, x-google-jwks_uri: "http://keys" }

        """;

    private const string Backend = """x-google-backend: { address: "https://service.example:8443/v1/", path_translation: APPEND_PATH_TO_ADDRESS }""";

    [Theory]
    [InlineData("[{ api_key: [], edm_jwt: [] }]", true, true)]
    [InlineData("[{ api_key: [] }]", true, false)]
    [InlineData("[{ edm_jwt: [] }]", false, true)]
    [InlineData("[]", false, false)]
    [InlineData("[{ api_key: [], undefined: [] }]", true, false)]
    [InlineData("[{ undefined: [] }]", false, false)]
    [InlineData("[{ api_key: [] }, {}]", false, false)]
    public void A_security_requirement_is_two_switches(string security, bool key, bool token)
    {
        var operation = Read($"{Backend}\npaths: {{ /a: {{ get: {{ operationId: A, security: {security} }} }} }}");

        Assert.Equal((key, token), (operation.KeyRequired, operation.Token is not null));
    }

    [Fact]
    public void Two_items_do_not_mean_either_but_a_token_without_a_key()
    {
        var operation = Read(
            $"{Backend}\npaths: {{ /a: {{ get: {{ operationId: A, security: [{{ api_key: [] }}, {{ edm_jwt: [] }}] }} }} }}");

        Assert.Equal((false, true), (operation.KeyRequired, operation.Token is not null));
    }

    [Fact]
    public void An_operation_s_security_replaces_the_document_s()
    {
        var operation = Read($"{Backend}\nsecurity: [{{ api_key: [], edm_jwt: [] }}]\npaths: {{ /a: {{ get: {{ operationId: A, security: [{{ api_key: [] }}] }} }} }}");

        Assert.Equal((true, false), (operation.KeyRequired, operation.Token is not null));
    }

    [Fact]
    public void The_audience_of_a_token_is_the_host_unless_it_is_written()
    {
        var operation = Read($"{Backend}\npaths: {{ /a: {{ get: {{ operationId: A, security: [{{ edm_jwt: [] }}] }} }} }}");

        Assert.Equal(["https://gateway.example"], operation.Token!.Audiences);
        Assert.Equal(["Authorization", "X-Goog-Iap-Jwt-Assertion", null], operation.Token.Locations.Select(location => location.Header));
    }

    [Theory]
    [InlineData("", "https://service.example", 15)]
    [InlineData(", disable_auth: false, deadline: 0", "https://service.example", 15)]
    [InlineData(", disable_auth: true, deadline: 30.5", null, 30.5)]
    [InlineData(", jwt_audience: \"https://other\", deadline: -1", "https://other", 15)]
    public void The_id_token_is_for_the_backend_s_host_unless_it_is_written(string more, string? audience, double seconds)
    {
        var backend = Backend.Replace(" }", more + " }", StringComparison.Ordinal);

        var operation = Read($"{backend}\npaths: {{ /a: {{ get: {{ operationId: A }} }} }}");

        Assert.Equal((audience, TimeSpan.FromSeconds(seconds)), (operation.Backend.Audience, operation.Backend.Deadline));
        Assert.Equal("/v1", operation.Backend.PathPrefix);
    }

    [Theory]
    [InlineData("/a/")]
    [InlineData("//a")]
    [InlineData("a")]
    [InlineData("/a/prefix_{b}")]
    [InlineData("/a/*")]
    public void A_path_that_ESPv2_refuses_is_refused(string path) =>
        AssertRefused($"{Backend}\npaths: {{ \"{path}\": {{ get: {{ operationId: A }} }} }}");

    [Theory]
    [InlineData("x-google-allow: all")]
    [InlineData("x-google-endpoints: [{ name: gateway.example, allowCors: true }]")]
    [InlineData("x-google-backend: { path_translation: APPEND_PATH_TO_ADDRESS }")]
    [InlineData("x-google-backend: { address: \"https://service.example\" }")]
    [InlineData("x-google-backend: { address: \"https://service.example\", path_translation: CONSTANT_ADDRESS }")]
    public void What_lets_requests_through_unchecked_or_is_ambiguous_is_refused(string line) =>
        AssertRefused($"{(line.StartsWith("x-google-backend", StringComparison.Ordinal) ? line : $"{Backend}\n{line}")}\npaths: {{ /a: {{ get: {{ operationId: A }} }} }}");

    [Fact]
    public void The_same_pattern_twice_is_refused()
    {
        var contract = Parse(
            $"{Backend}\npaths: {{ \"/a/{{x}}\": {{ get: {{ operationId: A }} }}, \"/a/{{y}}\": {{ get: {{ operationId: B }} }} }}");

        Assert.Throws<ContractException>(() => new RouteTable(contract.Operations));
    }

    [Fact]
    public void The_same_operation_id_twice_is_refused() =>
        AssertRefused($"{Backend}\npaths: {{ /a: {{ get: {{ operationId: A }}, post: {{ operationId: A }} }} }}");

    [Fact]
    public void A_placeholder_without_a_value_is_refused() =>
        Assert.Throws<ContractException>(() => Placeholders.Fill("host: ${GATEWAY_HOST}", new Dictionary<string, string>()));

    private static void AssertRefused(string rest) => Assert.Throws<ContractException>(() => Parse(rest));

    private static Operation Read(string rest) => Assert.Single(Parse(rest).Operations);

    private static GatewayContract Parse(string rest) => GatewayContract.Parse(Definitions + rest);
}
