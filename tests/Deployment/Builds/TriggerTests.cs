using EnergyLoad.Deployment.Tests.Hcl;
using EnergyLoad.Deployment.Tests.Terraform;

namespace EnergyLoad.Deployment.Tests.Builds;

/// <summary>The triggers are the one place that fills substitutions.</summary>
public sealed class TriggerTests
{
    [Theory]
    [InlineData("deploy", "cloudbuild-send.yaml")]
    [InlineData("deploy", "cloudbuild-receive.yaml")]
    [InlineData("image", "cloudbuild-image.yaml")]
    [InlineData("libraries", "cloudbuild-libraries.yaml")]
    public void A_trigger_fills_exactly_what_its_file_declares(string trigger, string file) =>
        Assert.Equal(new BuildFile(file).Declared.Order(StringComparer.Ordinal), Filled(trigger).Order(StringComparer.Ordinal));

    [Fact]
    public void Every_build_file_has_its_trigger()
    {
        var named = Infrastructure.Module("pipeline").Of("resource", "google_cloudbuild_trigger")
            .SelectMany(trigger => trigger.Body.All.Select(block => block.Body["path"]).Append(trigger.Body["filename"])).OfType<string>()
            .SelectMany(name => name.Contains("${each.key}", StringComparison.Ordinal)
                ? Sides.Select(side => name.Replace("${each.key}", side, StringComparison.Ordinal))
                : [name]);

        Assert.Equal(BuildFile.Names, named.Select(name => name.Trim('"')).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_pipeline_of_a_service_starts_when_that_service_changes_and_not_when_a_library_does()
    {
        var included = Trigger("deploy")["included_files"]! + Infrastructure.Local("pipeline", "shared");

        Assert.Contains("\"services/${each.key}-api/**\"", included, StringComparison.Ordinal);
        Assert.Contains("\"gateway/openapi-${each.key}.yaml\"", included, StringComparison.Ordinal);
        Assert.DoesNotContain("libs/", included, StringComparison.Ordinal);
        Assert.Contains("\"libs/**\"", Trigger("libraries")["included_files"], StringComparison.Ordinal);
    }

    [Fact]
    public void What_runs_the_repositorys_own_code_is_not_what_deploys()
    {
        Assert.Contains("emails[\"deployer\"]", Trigger("deploy")["service_account"], StringComparison.Ordinal);
        Assert.Contains("emails[\"builder\"]", Trigger("image")["service_account"], StringComparison.Ordinal);
        Assert.Contains("emails[\"builder\"]", Trigger("libraries")["service_account"], StringComparison.Ordinal);
    }

    private static IEnumerable<string> Sides => Infrastructure.Keys(Infrastructure.Call("pipeline")["services"]!);

    private static HclBody Trigger(string name) => Infrastructure.Resource("pipeline", "google_cloudbuild_trigger", name);

    private static IEnumerable<string> Filled(string trigger)
    {
        var substitutions = Trigger(trigger)["substitutions"]!;
        var merged = substitutions.StartsWith("merge(local.common", StringComparison.Ordinal);
        var common = merged ? Infrastructure.Local("pipeline", "common") : "";
        return Infrastructure.Keys(substitutions).Concat(Infrastructure.Keys(common));
    }
}
