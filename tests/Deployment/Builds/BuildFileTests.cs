using EnergyLoad.Testing;

namespace EnergyLoad.Deployment.Tests.Builds;

public sealed class BuildFileTests
{
    private static readonly string[] Pipeline =
    [
        "settings", "image", "sbom", "scan", "attest", "migrate", "deploy", "smoke", "shift-traffic",
        "endpoints", "gateway-image", "gateway-scan", "gateway-attest", "gateway-deploy", "check",
    ];

    public static TheoryData<string> Names => [.. BuildFile.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_substitution_that_is_read_is_declared_and_the_other_way_round(string name)
    {
        var file = new BuildFile(name);

        Assert.Equal(file.Declared.Order(StringComparer.Ordinal), file.Used.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Every_step_is_a_script_that_bash_can_read(string name)
    {
        foreach (var step in new BuildFile(name).Steps)
        {
            var (code, output) = await Command.RunAsync("bash", ["-n"], input: BuildFile.CommandsOf(step));
            Assert.True(code == 0, output);
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Every_script_that_a_step_runs_can_be_run(string name)
    {
        foreach (var script in new BuildFile(name).Steps.Select(BuildFile.ScriptOf).OfType<string>())
        {
            var mode = File.GetUnixFileMode(Path.Combine(Repository.Root, script));
            Assert.True(mode.HasFlag(UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute), script);
        }
    }

    [Fact]
    public void Every_script_of_the_pipelines_is_run_by_a_step_or_by_people()
    {
        var run = BuildFile.Names.SelectMany(name => new BuildFile(name).Steps).Select(BuildFile.ScriptOf).OfType<string>();
        var there = Directory.GetFiles(Path.Combine(Repository.Root, "eng/cloud"), "*.sh")
            .Select(file => $"eng/cloud/{Path.GetFileName(file)}").Except(["eng/cloud/rollback.sh"]);

        Assert.Equal(there.Order(StringComparer.Ordinal), run.Distinct().Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("cloudbuild-send.yaml")]
    [InlineData("cloudbuild-receive.yaml")]
    public void A_pipeline_takes_its_steps_in_the_order_in_which_a_fault_is_cheapest(string name) =>
        Assert.Equal(Pipeline, new BuildFile(name).StepIds);

    [Fact]
    public void An_image_is_tested_before_it_is_built_and_pushed_by_Cloud_Build_with_its_provenance()
    {
        var file = new BuildFile("cloudbuild-image.yaml");

        Assert.Equal(["settings", "test", "fetch", "pack", "publish", "build"], file.StepIds);
        Assert.Equal("VERIFIED", file.Option("requestedVerifyOption"));
        Assert.Equal("${_IMAGES}/${_SERVICE}:${COMMIT_SHA}-${BUILD_ID}", Assert.Single(file.Images));
        Assert.DoesNotContain("docker push", string.Concat(file.Steps.Select(BuildFile.CommandsOf)), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Steps_read_substitutions_as_variables(string name) =>
        Assert.Equal("true", new BuildFile(name).Option("automapSubstitutions"));

    [Fact]
    public async Task A_missing_substitution_stops_a_pipeline_at_its_first_step()
    {
        var missing = await RunAsync(service: "");
        var complete = await RunAsync(service: "send-api");

        Assert.Equal(1, missing.Code);
        Assert.Contains("_SERVICE", missing.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("_REGION", missing.Output, StringComparison.Ordinal);
        Assert.Equal(0, complete.Code);

        static Task<(int Code, string Output)> RunAsync(string service) => Command.RunAsync(
            "bash", ["eng/cloud/settings.sh"], new Dictionary<string, string> { ["_REGION"] = "europe-west1", ["_SERVICE"] = service });
    }
}
