using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace EnergyLoad.Images.Tests;

/// <summary>The lines of the Dockerfiles themselves, which compile ahead of time and so take their time.</summary>
[Trait("Category", "Long")]
public sealed class PublishTests
{
    [Theory]
    [InlineData("send-api")]
    [InlineData("receive-api")]
    public async Task The_lines_of_the_Dockerfile_publish_the_service_compiled_ahead_of_time_with_its_bill_of_materials(string service)
    {
        var file = Dockerfile.Of(service);
        using var build = new ImageBuild(file);
        await build.CopyAsync();

        await build.RunAsync();

        Assert.True(File.Exists(Path.Combine(build.App, file.Project)));
        Assert.Empty(Directory.GetFiles(build.App, "*.xml"));
        var assemblies = Directory.GetFiles(build.App, "EnergyLoad.*.dll");
        Assert.Equal(6, assemblies.Length);
        Assert.All(assemblies, path => Assert.True(IsCompiled(path), path));
        await AssertBillAsync(build.App, file.Project);
    }

    private static bool IsCompiled(string assembly)
    {
        using var reader = new PEReader(File.OpenRead(assembly));
        return reader.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size > 0;
    }

    private static async Task AssertBillAsync(string app, string project)
    {
        using var deps = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(app, $"{project}.deps.json")));
        using var bill = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(app, "sbom.cdx.json")));
        var packages = deps.RootElement.GetProperty("libraries").EnumerateObject()
            .Where(library => library.Value.GetProperty("type").GetString() == "package");
        var listed = bill.RootElement.GetProperty("components").EnumerateArray()
            .ToDictionary(component => component.GetProperty("bom-ref").GetString()!);

        Assert.Equal("CycloneDX", bill.RootElement.GetProperty("bomFormat").GetString());
        Assert.Contains(listed.Keys, name => name.StartsWith("libargon2-1/", StringComparison.Ordinal));
        Assert.All(packages, package => Assert.Equal(
            Convert.FromBase64String(package.Value.GetProperty("sha512").GetString()!["sha512-".Length..]),
            Convert.FromHexString(listed[package.Name].GetProperty("hashes")[0].GetProperty("content").GetString()!)));
    }
}
