namespace EnergyLoad.Deployment.Tests.Builds;

/// <summary>rollback.sh with a gcloud that tells of three revisions, the newest first, and notes what it is asked to do.</summary>
public sealed class RollbackTests : IDisposable
{
    private const string Gcloud = """
        #!/usr/bin/env bash
        case "$*" in
          *'services describe'*)
            echo '{"status":{"traffic":[{"revisionName":"one","tag":"c-1"},{"revisionName":"'"$SERVING"'","percent":100}]}}'
            ;;
          *'revisions list'*) printf '%s\n' three two one ;;
          *) echo "asked: $*" ;;
        esac
        """;

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory();

    public RollbackTests()
    {
        var file = Path.Combine(_folder.FullName, "gcloud");
        File.WriteAllText(file, Gcloud);
        File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("three", "two")]
    [InlineData("two", "one")]
    public async Task Requests_go_back_to_the_revision_before_the_one_that_serves(string serving, string before)
    {
        var (code, output) = await RunAsync(serving);

        Assert.Equal(0, code);
        Assert.Contains($"asked: run services update-traffic the-service --to-revisions={before}=100", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Requests_go_to_the_revision_that_is_named()
    {
        var (code, output) = await RunAsync("two", "three");

        Assert.Equal(0, code);
        Assert.Contains("--to-revisions=three=100", output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_changes_when_there_is_no_revision_before()
    {
        var (code, output) = await RunAsync("one");

        Assert.Equal(1, code);
        Assert.DoesNotContain("asked", output, StringComparison.Ordinal);
    }

    private Task<(int Code, string Output)> RunAsync(string serving, params string[] revision) => Command.RunAsync(
        "bash",
        ["eng/cloud/rollback.sh", "the-service", .. revision],
        new Dictionary<string, string>
        {
            ["PATH"] = $"{_folder.FullName}:{Environment.GetEnvironmentVariable("PATH")}",
            ["SERVING"] = serving,
        });
}
