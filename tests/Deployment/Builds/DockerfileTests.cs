using System.Text.RegularExpressions;
using EnergyLoad.Testing;

namespace EnergyLoad.Deployment.Tests.Builds;

public sealed partial class DockerfileTests
{
    // Made by the step before: the packages by libraries-pack.sh or libraries-fetch.sh, the configuration by endpoints.sh.
    private static readonly string[] Made = ["artifacts/package/release/", "service.json"];

    public static TheoryData<string> Dockerfiles =>
    [
        .. Directory.GetDirectories(Path.Combine(Repository.Root, "services"))
            .Select(folder => Path.GetRelativePath(Repository.Root, Path.Combine(folder, "Dockerfile"))).Append("gateway/Dockerfile"),
    ];

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void What_is_copied_into_an_image_is_there(string dockerfile)
    {
        var context = Path.Combine(Repository.Root, dockerfile.StartsWith("gateway/", StringComparison.Ordinal) ? "gateway" : "");
        var sources = Copy().Matches(TextOf(dockerfile)).SelectMany(copy => copy.Groups[1].Value.Split(' ')[..^1]).ToArray();

        Assert.NotEmpty(sources);
        Assert.All(sources.Except(Made), source => Assert.True(Path.Exists(Path.Combine(context, source)), source));
    }

    [Theory]
    [MemberData(nameof(Dockerfiles))]
    public void An_image_does_not_run_as_root(string dockerfile) =>
        Assert.Matches(@"(?m)^USER (?!root)\S+\nENTRYPOINT \[", TextOf(dockerfile));

    [Fact]
    public void The_gateways_image_is_built_upon_the_one_that_is_mirrored()
    {
        var mirrored = TextOf("infra/mirrored-images.txt").Split('\n').Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split(' ')).ToArray();

        Assert.All(mirrored, pair => Assert.Equal(pair[0][(pair[0].LastIndexOf('/') + 1)..], pair[1]));
        Assert.Single(mirrored, pair => pair[1].StartsWith("endpoints-runtime-serverless:", StringComparison.Ordinal));
    }

    private static string TextOf(string file) => File.ReadAllText(Path.Combine(Repository.Root, file));

    [GeneratedRegex(@"(?m)^COPY (?!--from)(.+)$")]
    private static partial Regex Copy();
}
