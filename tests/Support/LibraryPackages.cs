using System.Reflection;

namespace EnergyLoad.Testing;

/// <summary>The libraries as NuGet packages, packed once out of what was built with the tests.</summary>
public static class LibraryPackages
{
    private static readonly string[] Libraries = ["Hosting", "MySql", "GoogleCloud", "Audit", "Auth"];

    private static readonly string Configuration =
        typeof(LibraryPackages).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>The folder of the packages, which is also a feed.</summary>
    public static string Folder { get; } =
        Path.Combine(Repository.Root, "artifacts", "package", Configuration.ToLowerInvariant());

    /// <summary>Where NuGet keeps what is not ours.</summary>
    public static string Known { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Packs unless that was done since the libraries were built; of test projects that run at once, one does it.</summary>
    public static async Task PackAsync()
    {
        Directory.CreateDirectory(Folder);
        await using var turn = await FileTurn.TakeAsync(Path.Combine(Folder, ".lock"));
        if (Libraries.All(IsPacked))
        {
            return;
        }

        var filter = Path.Combine(Repository.Root, "eng", "Libraries.slnf");
        var nothing = new Dictionary<string, string?>();
        await Processes.DotnetAsync(nothing, "pack", filter, "--no-build", "-c", Configuration, "-nodeReuse:false");
    }

    private static bool IsPacked(string library)
    {
        var name = $"EnergyLoad.{library}";
        var built = Path.Combine(Repository.Root, "artifacts", "bin", name, Path.GetFileName(Folder), $"{name}.dll");
        return Directory.EnumerateFiles(Folder, $"{name}.*.nupkg")
            .Any(package => File.GetLastWriteTimeUtc(package) > File.GetLastWriteTimeUtc(built));
    }
}
