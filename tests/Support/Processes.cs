using System.Diagnostics;

namespace EnergyLoad.Testing;

/// <summary>Child processes, which do not outlive their test.</summary>
public static class Processes
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(8);

    /// <summary>The dotnet that runs the tests.</summary>
    public static string Dotnet { get; } = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";

    /// <summary>Runs dotnet to its end and returns what it wrote; a failure fails the test.</summary>
    /// <param name="environment">Variables to set or, when null, to take away.</param>
    /// <param name="arguments">What comes after dotnet.</param>
    public static Task<string> DotnetAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        RunAsync(new ProcessStartInfo(Dotnet, arguments), environment);

    /// <summary>Runs anything to its end and returns what it wrote; a failure fails the test.</summary>
    /// <param name="start">Program, arguments and folder.</param>
    /// <param name="environment">Variables to set or, when null, to take away.</param>
    public static async Task<string> RunAsync(ProcessStartInfo start, IReadOnlyDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(start);
        using var process = Start(start, environment);
        using var limit = new CancellationTokenSource(LongestRun);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException(
                $"{start.FileName} {string.Join(' ', start.ArgumentList)} ended with {process.ExitCode}: {output} {await errors}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    /// <summary>Starts dotnet, its output to be read.</summary>
    /// <param name="environment">Variables to set or, when null, to take away.</param>
    /// <param name="arguments">What comes after dotnet.</param>
    public static Process Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments) =>
        Start(new ProcessStartInfo(Dotnet, arguments), environment);

    private static Process Start(ProcessStartInfo start, IReadOnlyDictionary<string, string?> environment)
    {
        ArgumentNullException.ThrowIfNull(environment);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;

        // What the SDK around the tests says to its own children is not for these.
        foreach (var name in start.Environment.Keys.Where(name => name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToArray())
        {
            start.Environment.Remove(name);
        }

        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start)!;
    }
}
