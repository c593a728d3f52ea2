using System.Text.Json;
using System.Xml.Linq;
using EnergyLoad.Testing;

namespace EnergyLoad.Images.Tests;

public sealed class PinnedLibrariesTests
{
    private static readonly string[] Libraries =
        ["EnergyLoad.Audit", "EnergyLoad.Auth", "EnergyLoad.GoogleCloud", "EnergyLoad.Hosting", "EnergyLoad.MySql"];

    [Theory]
    [InlineData("send-api")]
    [InlineData("receive-api")]
    public async Task A_service_is_built_from_the_packages_that_it_pins_with_no_source_of_a_library_at_hand(string service)
    {
        var file = Dockerfile.Of(service);
        using var build = new ImageBuild(file);
        await build.CopyAsync();
        Assert.False(Directory.Exists(Path.Combine(build.Source, "libs")));

        await build.ShellAsync($"dotnet build {build.ProjectFile} --configuration Release -p:LibrariesFrom=packages -p:RunAnalyzers=false");

        var pin = VersionIn("LibrariesVersion", "services", service, "Libraries.props");
        var deps = Path.Combine(build.Source, "artifacts", "bin", file.Project, "release", $"{file.Project}.deps.json");
        using var json = JsonDocument.Parse(await File.ReadAllTextAsync(deps));
        var taken = json.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package")
            .Select(library => library.Name)
            .Where(name => name.StartsWith("EnergyLoad.", StringComparison.Ordinal));
        Assert.Equal(Libraries.Select(name => $"{name}/{pin}"), taken.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_pin_that_no_package_has_stops_the_build_and_nothing_else_is_taken_in_its_place()
    {
        using var build = new ImageBuild(Dockerfile.Of("receive-api"));
        await build.CopyAsync();

        var fault = await Assert.ThrowsAsync<InvalidOperationException>(
            () => build.ShellAsync($"dotnet restore {build.ProjectFile} -p:LibrariesFrom=packages -p:LibrariesVersion=0.0.9"));

        Assert.Contains("EnergyLoad.Auth", fault.Message, StringComparison.Ordinal);
        Assert.Contains("0.0.9", fault.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_packages_for_other_teams_come_with_symbols_and_their_change_log_names_the_version()
    {
        await LibraryPackages.PackAsync();
        var version = VersionIn("VersionPrefix", "libs", "Version.props");

        foreach (var library in new[] { "Audit", "Auth" })
        {
            Assert.True(File.Exists(Path.Combine(LibraryPackages.Folder, $"EnergyLoad.{library}.{version}.snupkg")));
            var changes = Path.Combine(Repository.Root, "libs", library, "CHANGELOG.md");
            Assert.Contains($"## {version}", await File.ReadAllTextAsync(changes), StringComparison.Ordinal);
        }
    }

    private static string VersionIn(string property, params string[] path) =>
        XDocument.Load(Path.Combine([Repository.Root, .. path])).Descendants(property).Single().Value;
}
