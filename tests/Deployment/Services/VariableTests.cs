using System.Reflection;
using EnergyLoad.Deployment.Tests.Terraform;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Deployment.Tests.Services;

/// <summary>Terraform and the options classes agree on every variable.</summary>
public sealed class VariableTests
{
    public static TheoryData<string> Services => [DeployedService.Send, DeployedService.Receive];

    [Theory]
    [MemberData(nameof(Services))]
    public async Task A_service_finds_everything_that_it_needs_in_what_Terraform_sets(string service)
    {
        await using var app = DeployedService.Build(service);

        app.Services.GetRequiredService<IStartupValidator>().Validate();
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_variable_that_Terraform_sets_is_a_setting_of_some_options_class(string service)
    {
        var known = OptionsKeys.All(DeployedService.Builder(service).Services);

        Assert.All(DeployedService.Keys(service), key => Assert.True(known.Contains(key), key));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_source_of_a_secret_is_one_that_the_service_knows(string service)
    {
        var names = DeployedService.Builder(service).Services.Select(descriptor => descriptor.ServiceType.Assembly).Distinct()
            .Where(assembly => assembly.GetName().Name!.StartsWith("EnergyLoad.", StringComparison.Ordinal))
            .SelectMany(assembly => assembly.GetTypes())
            .Select(type => type.GetField("SecretName", BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => field is { IsLiteral: true }).Select(field => (string)field!.GetRawConstantValue()!);

        Assert.Empty(Infrastructure.Keys(Infrastructure.Call(service)["secrets"]!).Except(names));
    }
}
