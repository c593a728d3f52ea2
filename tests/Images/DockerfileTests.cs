using System.Text.RegularExpressions;

namespace EnergyLoad.Images.Tests;

public sealed partial class DockerfileTests
{
    private const string Packages = "artifacts/package/release/";

    public static TheoryData<string> Services => ["send-api", "receive-api"];

    [Theory]
    [MemberData(nameof(Services))]
    public void Everything_that_is_copied_exists_and_is_let_through(string service)
    {
        var file = Dockerfile.Of(service);
        using var build = new ImageBuild(file);
        var sources = file.Instructions.Where(instruction => instruction.IsCopyOfContext).SelectMany(copy => copy.Words[..^1]).ToArray();

        // The packages are there when they were packed; everything else is in the repository.
        Assert.Single(sources, Packages);
        Assert.All(sources.Where(source => source != Packages), source => Assert.NotEmpty(build.FilesOf(source)));
    }

    [Theory]
    [InlineData("services/send-api/src/Program.cs", true)]
    [InlineData("artifacts/package/release/EnergyLoad.Auth.0.1.0.nupkg", true)]
    [InlineData("artifacts/package/release/EnergyLoad.Auth.0.1.0.snupkg", false)]
    [InlineData("services/send-api/src/obj/project.assets.json", false)]
    [InlineData("services/send-api/tests/EnergyLoad.SendApi.Tests.csproj", false)]
    [InlineData("libs/Auth/src/EnergyLoad.Auth.csproj", false)]
    [InlineData(".git/config", false)]
    [InlineData(".local/stack.json", false)]
    public void The_build_context_is_what_an_image_is_made_of_and_nothing_else(string path, bool taken) =>
        Assert.Equal(taken, new DockerIgnore().Takes(path));

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_base_has_a_version_and_the_image_has_no_shell_to_run_anything_with(string service)
    {
        var file = Dockerfile.Of(service);
        var bases = file.Instructions.Where(instruction => instruction.Name == "FROM").Select(from => from.Words[0]).ToArray();

        Assert.All(bases, image => Assert.Matches(Versioned(), image));
        Assert.EndsWith("-chiseled-extra", bases[^1], StringComparison.Ordinal);
        Assert.DoesNotContain(file.LastStage, instruction => instruction.Name is "RUN" or "ADD" or "SHELL" or "HEALTHCHECK");
        var start = Assert.Single(file.LastStage, instruction => instruction.Name == "ENTRYPOINT");
        Assert.Equal($"[\"/app/{file.Project}\"]", start.Arguments);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void The_process_is_not_root_and_owns_no_file(string service)
    {
        var file = Dockerfile.Of(service);

        Assert.Equal("1654", Assert.Single(file.LastStage, instruction => instruction.Name == "USER").Arguments);
        Assert.DoesNotContain("--chown", file.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("--chmod", file.Text, StringComparison.Ordinal);
        Assert.Contains("DOTNET_EnableDiagnostics=0", file.LastStage.Single(instruction => instruction.Name == "ENV").Words);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void The_image_brings_ICU_libargon2_and_the_driver_of_production(string service)
    {
        var file = Dockerfile.Of(service);
        var runs = file.Instructions.Where(instruction => instruction.Name == "RUN").Select(run => run.Arguments).ToArray();

        var variables = file.LastStage.Single(instruction => instruction.Name == "ENV").Words;
        Assert.Contains("DOTNET_SYSTEM_GLOBALIZATION_INVARIANT=false", variables);
        Assert.Contains(runs, run => run.EndsWith("libargon2.so.1 /app/", StringComparison.Ordinal));
        Assert.Contains("test -f /app/MySqlConnector.dll && test ! -e /app/MySql.Data.dll", runs);
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void The_labels_say_what_it_is_and_of_which_commit(string service)
    {
        var instruction = Dockerfile.Of(service).LastStage.Single(instruction => instruction.Name == "LABEL");
        var labels = Label().Matches(instruction.Arguments).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);

        Assert.Equal(["base.name", "description", "revision", "title", "vendor"], labels.Keys.Order(StringComparer.Ordinal));
        Assert.Equal("${REVISION}", labels["revision"]);
        Assert.Equal(Dockerfile.Of(service).LastStage.First().Words[0], labels["base.name"]);
    }

    [Fact]
    public void Both_images_are_made_in_the_same_way()
    {
        var texts = Dockerfile.All.Select(file => Described().Replace(file.Text, "")
            .Replace(file.Service, "SERVICE", StringComparison.Ordinal)
            .Replace(file.Project, "PROJECT", StringComparison.Ordinal)).ToArray();

        Assert.Equal(texts[0], texts[1]);
    }

    [GeneratedRegex(@":\d+\.\d+-[a-z-]+$")]
    private static partial Regex Versioned();

    [GeneratedRegex(@"org\.opencontainers\.image\.([a-z.]+)=""([^""]*)""")]
    private static partial Regex Label();

    [GeneratedRegex(@"image\.description=""[^""]*""")]
    private static partial Regex Described();
}
