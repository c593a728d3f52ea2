using System.Diagnostics;
using System.Globalization;
using EnergyLoad.Testing;

namespace EnergyLoad.Bench.Reporting;

/// <summary>What is measured, and on what.</summary>
internal static class Origin
{
    private static readonly Dictionary<string, string?> Nothing = [];

    /// <summary>Processors, their model, memory and runtime: what must be equal for two figures to be compared.</summary>
    public static string Machine()
    {
        var model = File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim();
        var gibibytes = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / (double)(1 << 30);
        return string.Create(
            CultureInfo.InvariantCulture, $"{Environment.ProcessorCount} × {model ?? "processor"}, {gibibytes:0} GiB, .NET {Environment.Version}");
    }

    public static async Task<string> CommitAsync()
    {
        if (!Path.Exists(Path.Combine(Repository.Root, ".git")))
        {
            return "none";
        }

        var commit = await GitAsync("rev-parse", "--short", "HEAD");
        return (await GitAsync("status", "--porcelain")).Length == 0 ? commit : $"{commit}+";
    }

    private static async Task<string> GitAsync(params string[] arguments) =>
        (await Processes.RunAsync(new ProcessStartInfo("git", ["-C", Repository.Root, .. arguments]), Nothing)).Trim();
}
