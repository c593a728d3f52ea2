using System.Text.RegularExpressions;
using EnergyLoad.Local.Gateway.Contract;
using YamlDotNet.RepresentationModel;

namespace EnergyLoad.Local.Tests.Gateway;

public sealed partial class PublicContractTests
{
    private static readonly string[] KeyOnly = ["GetReasons", "Health", "Login"];
    private static readonly string[] Both = ["api_key", "edm_jwt"];

    public static TheoryData<string> Sides => ["send", "receive"];

    [Theory]
    [MemberData(nameof(Sides))]
    public void Every_operation_has_exactly_one_security_item_of_defined_schemes(string side)
    {
        var contract = Of(side);
        var defined = PublicContract.Members(contract.Root["securityDefinitions"]).Select(definition => definition.Name).ToArray();

        foreach (var (_, _, operation, _) in contract.Operations)
        {
            var item = Assert.Single((YamlSequenceNode)(PublicContract.Optional(operation, "security") ?? contract.Root["security"]));
            var names = PublicContract.Members(item).Select(scheme => scheme.Name).Order(StringComparer.Ordinal).ToArray();
            var id = PublicContract.IdOf(operation);
            Assert.Equal((id, string.Join('+', KeyOnly.Contains(id) ? ["api_key"] : Both)), (id, string.Join('+', names)));
            Assert.Subset(defined.ToHashSet(), names.ToHashSet());
        }
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Compiled_as_Endpoints_does_every_operation_needs_the_key_and_all_but_three_a_token(string side)
    {
        var operations = GatewayContract.Parse(Filled(side)).Operations;

        Assert.All(operations, operation => Assert.True(operation.KeyRequired, operation.Id));
        Assert.Equal(
            KeyOnly,
            operations.Where(operation => operation.Token is null).Select(operation => operation.Id).Order(StringComparer.Ordinal));
        Assert.NotNull(new RouteTable(operations).Find("POST", "/login"));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void A_token_is_read_from_Authorization_alone(string side)
    {
        var locations = (YamlSequenceNode)Of(side).Root["securityDefinitions"]["edm_jwt"]["x-google-jwt-locations"];

        var location = Assert.Single(locations);
        Assert.Equal(
            ("Authorization", "Bearer "), (PublicContract.TextOf(location, "header"), PublicContract.TextOf(location, "value_prefix")));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void The_backend_is_named_with_its_audience_path_rule_and_deadline(string side)
    {
        var backend = Of(side).Root["x-google-backend"];

        Assert.Equal("${BACKEND_URL}", PublicContract.TextOf(backend, "address"));
        Assert.Equal("${BACKEND_AUDIENCE}", PublicContract.TextOf(backend, "jwt_audience"));
        Assert.Equal("APPEND_PATH_TO_ADDRESS", PublicContract.TextOf(backend, "path_translation"));
        Assert.Equal("30.0", PublicContract.TextOf(backend, "deadline"));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Nothing_is_let_through_unchecked(string side)
    {
        Assert.DoesNotContain("x-google-allow", Of(side).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("allowCors", Of(side).Text, StringComparison.Ordinal);
        Assert.DoesNotContain("disable_auth", Of(side).Text, StringComparison.Ordinal);
        Assert.DoesNotContain(Of(side).Operations, operation => operation.Path.StartsWith("/internal", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void The_placeholders_are_the_six_that_deploying_fills(string side) => Assert.Equal(
        ["BACKEND_AUDIENCE", "BACKEND_URL", "GATEWAY_HOST", "TOKEN_AUDIENCE", "TOKEN_ISSUER", "TOKEN_JWKS_URI"],
        Placeholder().Matches(Of(side).Text).Select(match => match.Groups[1].Value).Distinct().Order(StringComparer.Ordinal));

    [Theory]
    [MemberData(nameof(Sides))]
    public void Operation_ids_are_unique_and_in_Pascal_case(string side)
    {
        var ids = Of(side).Operations.Select(operation => PublicContract.IdOf(operation.Operation)).ToArray();

        Assert.Equal(ids.Distinct(), ids);
        Assert.All(ids, id => Assert.Matches("^([A-Z][a-z]+)+$", id));
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Every_variable_of_a_path_is_a_parameter_and_the_other_way_round(string side)
    {
        foreach (var (path, _, operation, parameters) in Of(side).Operations)
        {
            var declared = parameters.Where(parameter => PublicContract.TextOf(parameter, "in") == "path").ToArray();
            Assert.All(declared, parameter => Assert.Equal("true", PublicContract.TextOf(parameter, "required")));
            var inPath = Variable().Matches(path).Select(match => match.Groups[1].Value).Order(StringComparer.Ordinal);
            Assert.Equal(inPath, declared.Select(parameter => PublicContract.TextOf(parameter, "name")!).Order(StringComparer.Ordinal));
            Assert.InRange(parameters.Count(parameter => PublicContract.TextOf(parameter, "in") == "body"), 0, 1);
            Assert.NotEmpty(PublicContract.IdOf(operation));
        }
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Every_operation_says_how_it_refuses(string side)
    {
        foreach (var (_, _, operation, parameters) in Of(side).Operations)
        {
            var id = PublicContract.IdOf(operation);
            var statuses = PublicContract.Members(operation["responses"]).Select(response => response.Name).ToHashSet();
            var hasBody = parameters.Any(parameter => PublicContract.TextOf(parameter, "in") == "body");
            string[] expected =
            [
                "400", "401", "503",
                .. KeyOnly.Contains(id) ? Array.Empty<string>() : ["403", "429"],
                .. hasBody ? ["413", "415", "422"] : Array.Empty<string>(),
            ];
            Assert.True(expected.All(statuses.Contains), $"{id} has {string.Join(' ', statuses)}");
            Assert.Contains(statuses, status => status[0] == '2');
        }
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Every_reference_leads_somewhere_and_nothing_is_defined_in_vain(string side)
    {
        var contract = Of(side);
        var used = Reference().Matches(contract.Text).Select(match => (match.Groups[1].Value, match.Groups[2].Value)).ToHashSet();
        var defined = new[] { "definitions", "parameters", "responses" }
            .SelectMany(section => PublicContract.Members(contract.Root[section]).Select(member => (section, member.Name)))
            .ToHashSet();

        Assert.Equal(defined.Order(), used.Order());
    }

    [Theory]
    [MemberData(nameof(Sides))]
    public void Every_metric_that_costs_is_defined_and_limited_per_project(string side)
    {
        var contract = Of(side);
        var management = contract.Root["x-google-management"];
        var defined = ((YamlSequenceNode)management["metrics"]).Select(metric => PublicContract.TextOf(metric, "name")!)
            .Order(StringComparer.Ordinal).ToArray();
        var limits = (YamlSequenceNode)management["quota"]["limits"];
        var costs = contract.Operations
            .SelectMany(operation => PublicContract.Members(PublicContract.Optional(operation.Operation, "x-google-quota") is { } quota ? quota["metricCosts"] : null))
            .Select(cost => cost.Name)
            .Distinct();

        Assert.Equal(defined, costs.Order(StringComparer.Ordinal));
        Assert.Equal(defined, limits.Select(limit => PublicContract.TextOf(limit, "metric")!).Order(StringComparer.Ordinal));
        Assert.All(limits, limit => Assert.Equal("1/min/{project}", PublicContract.TextOf(limit, "unit")));
    }

    [Fact]
    public void What_both_gateways_have_is_the_same_in_both()
    {
        foreach (var section in new[] { "paths", "definitions", "parameters", "responses", "securityDefinitions" })
        {
            var receive = PublicContract.Members(PublicContract.Receive.Root[section]).ToDictionary(
                member => member.Name, member => member.Value);
            foreach (var (name, value) in PublicContract.Members(PublicContract.Send.Root[section]).Where(member => receive.ContainsKey(member.Name)))
            {
                Assert.True(value.Equals(receive[name]), $"{section}/{name} differs.");
            }
        }
    }

    private static PublicContract Of(string side) => side == "send" ? PublicContract.Send : PublicContract.Receive;

    private static string Filled(string side) => Placeholder().Replace(Of(side).Text, match => $"https://{match.Groups[1].Value}.example");

    [GeneratedRegex(@"\$\{(\w+)\}")]
    private static partial Regex Placeholder();

    [GeneratedRegex(@"\{(\w+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("#/(definitions|parameters|responses)/(\\w+)")]
    private static partial Regex Reference();
}
