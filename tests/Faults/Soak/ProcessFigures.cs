using System.Globalization;

namespace EnergyLoad.Faults.Tests.Soak;

/// <summary>What one process holds.</summary>
/// <param name="MemoryMib">Resident memory.</param>
/// <param name="Handles">Open descriptors.</param>
/// <param name="Threads">Threads.</param>
internal readonly record struct ProcessFigures(double MemoryMib, double Handles, double Threads)
{
    private const double KibPerMib = 1024;

    public static ProcessFigures Of(int pid)
    {
        var status = File.ReadLines($"/proc/{pid}/status").Select(line => line.Split(':', 2)).ToDictionary(
            parts => parts[0], parts => parts[1].Trim());
        return new ProcessFigures(
            Number(status["VmRSS"]) / KibPerMib,
            Directory.EnumerateFileSystemEntries($"/proc/{pid}/fd").Count(),
            Number(status["Threads"]));
    }

    private static double Number(string text) => double.Parse(text.Split(' ')[0], CultureInfo.InvariantCulture);
}
