namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>Terraform and the options classes agree on every variable.</summary>
public sealed class VariableTests
{
    public static TheoryData<string> Services => [DeployedService.Send, DeployedService.Receive];

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_variable_that_Terraform_sets_is_a_setting_of_some_options_class(string service)
    {
        var known = OptionsKeys.All(DeployedService.Builder(service).Services);

        Assert.All(DeployedService.Keys(service), key => Assert.True(known.Contains(key), key));
    }
}
