using System.Diagnostics;
using EnergyLoad.Testing;

namespace EnergyLoad.Images.Tests;

/// <summary>What an image build does, without an engine: the COPYs into a folder, then the RUN dotnet lines as they stand.</summary>
internal sealed class ImageBuild(Dockerfile file) : IDisposable
{
    private readonly DockerIgnore _ignore = new();
    private readonly string _folder = Directory.CreateTempSubdirectory("energyload-image-").FullName;

    /// <summary>Stands for the image's working folder, /src.</summary>
    public string Source => Path.Combine(_folder, "src");

    /// <summary>Stands for /app.</summary>
    public string App => Path.Combine(_folder, "app");

    public string ProjectFile => Path.Combine("services", file.Service, "src", $"{file.Project}.csproj");

    /// <summary>The files of a COPY's source that are part of the build context.</summary>
    public IReadOnlyList<string> FilesOf(string source)
    {
        var path = Path.Combine(Repository.Root, source);
        var files = Directory.Exists(path) ? Directory.EnumerateFiles(path, "*", SearchOption.AllDirectories)
            : File.Exists(path) ? [path]
            : [];
        return [.. files.Select(found => Path.GetRelativePath(Repository.Root, found)).Where(_ignore.Takes)];
    }

    public async Task CopyAsync()
    {
        await LibraryPackages.PackAsync();
        foreach (var copy in file.Instructions.Where(instruction => instruction.IsCopyOfContext))
        {
            foreach (var source in copy.Words[..^1])
            {
                Copy(source, Path.Combine(Source, copy.Words[^1]));
            }
        }
    }

    /// <summary>Runs every RUN dotnet of the Dockerfile, in its order, with the paths of the image put here.</summary>
    public async Task RunAsync()
    {
        foreach (var run in file.Instructions.Where(instruction => instruction is { Name: "RUN", Words: ["dotnet", ..] }))
        {
            await ShellAsync(run.Arguments.Replace(" /app", $" {App}", StringComparison.Ordinal));
        }
    }

    /// <summary>Runs one line of shell in the working folder; packages of ours come from the folder of the build alone.</summary>
    public Task<string> ShellAsync(string line) => Processes.RunAsync(
        new ProcessStartInfo("bash", ["-euc", line]) { WorkingDirectory = Source },
        new Dictionary<string, string?>
        {
            ["NUGET_PACKAGES"] = Path.Combine(_folder, "nuget"),
            ["NUGET_FALLBACK_PACKAGES"] = LibraryPackages.Known,
            ["UseSharedCompilation"] = "false",
            ["MSBUILDDISABLENODEREUSE"] = "1",
        });

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private void Copy(string source, string target)
    {
        // The packages lie where this build's configuration packs them.
        var packages = source == "artifacts/package/release/";
        var root = packages ? LibraryPackages.Folder : Path.Combine(Repository.Root, source);
        var files = packages
            ? Directory.GetFiles(root, "*.nupkg")
            : [.. FilesOf(source).Select(path => Path.Combine(Repository.Root, path))];
        foreach (var path in files)
        {
            var to = Path.Combine(target, Directory.Exists(root) ? Path.GetRelativePath(root, path) : Path.GetFileName(path));
            Directory.CreateDirectory(Path.GetDirectoryName(to)!);
            File.Copy(path, to, overwrite: true);
        }
    }
}
