using System.Text.RegularExpressions;
using EnergyLoad.Deployment.Tests.Terraform;
using EnergyLoad.Testing;

namespace EnergyLoad.Deployment.Tests.Builds;

/// <summary>
/// The contracts' placeholders have one source: the module gateway. The triggers hand its values on, fill.sh puts them in.
/// </summary>
public sealed partial class GatewayContractTests
{
    private static IReadOnlyList<string> Values =>
        [.. Infrastructure.Keys(Infrastructure.Local("gateway", "values")).Order(StringComparer.Ordinal)];

    [Theory]
    [InlineData("send")]
    [InlineData("receive")]
    public async Task A_contract_is_filled_with_every_value_and_nothing_is_left(string side)
    {
        var contract = await File.ReadAllTextAsync(PathOf(side));
        var values = Values.ToDictionary(name => name, name => $"https://{name}.example.com/a?b&c|d\\e");

        var (code, filled) = await Command.RunAsync("bash", ["gateway/fill.sh", $"gateway/openapi-{side}.yaml"], values);

        Assert.True(code == 0, filled);
        Assert.Equal(Placeholder().Replace(contract, match => values[match.Groups[1].Value]), filled);
        var placeholders = Placeholder().Matches(contract).Select(match => match.Groups[1].Value);
        Assert.Equal(Values, placeholders.Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_contract_is_not_filled_while_a_value_is_missing()
    {
        foreach (var missing in Values)
        {
            var values = Values.ToDictionary(name => name, name => name == missing ? "" : "x");
            var (code, output) = await Command.RunAsync("bash", ["gateway/fill.sh", "gateway/openapi-send.yaml"], values);
            Assert.Equal(1, code);
            Assert.Contains(missing, output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_triggers_hand_on_the_values_of_the_gateway_under_their_names()
    {
        var substitutions = Infrastructure.Resource("pipeline", "google_cloudbuild_trigger", "deploy")["substitutions"]!;

        Assert.All(Values, name => Assert.Matches($@"_{name}\s*= each\.value\.gateway_values\[""{name}""\]", substitutions));
    }

    [Theory]
    [InlineData("send")]
    [InlineData("receive")]
    public void Terraform_can_fill_the_same_file(string side)
    {
        var contract = File.ReadAllText(PathOf(side));

        // templatefile reads ${ and %{ wherever they stand.
        Assert.DoesNotContain("%{", contract, StringComparison.Ordinal);
        Assert.Equal(contract.Split("${").Length - 1, Placeholder().Count(contract));
        Assert.EndsWith($"gateway/openapi-{side}.yaml\"", Infrastructure.Call($"{side}_gateway")["contract"], StringComparison.Ordinal);
    }

    private static string PathOf(string side) => Path.Combine(Repository.Root, $"gateway/openapi-{side}.yaml");

    [GeneratedRegex(@"\$\{([A-Z_]+)\}")]
    private static partial Regex Placeholder();
}
