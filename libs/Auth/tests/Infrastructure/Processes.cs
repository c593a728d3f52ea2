using System.Diagnostics;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>Child processes, which do not outlive their test.</summary>
internal static class Processes
{
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(8);

    /// <summary>Runs dotnet to its end and returns what it wrote; a failure fails the test.</summary>
    public static async Task<string> DotnetAsync(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        using var process = Start(environment, arguments);
        using var limit = new CancellationTokenSource(LongestRun);
        try
        {
            var errors = process.StandardError.ReadToEndAsync(limit.Token);
            var output = await process.StandardOutput.ReadToEndAsync(limit.Token);
            await process.WaitForExitAsync(limit.Token);
            return process.ExitCode == 0 ? output : throw new InvalidOperationException(
                $"dotnet {string.Join(' ', arguments)}: {output} {await errors}");
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    public static Process Start(IReadOnlyDictionary<string, string?> environment, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", arguments) { RedirectStandardOutput = true, RedirectStandardError = true };

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
