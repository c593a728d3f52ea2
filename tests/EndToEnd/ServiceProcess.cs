using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>One of the services' executables, started with settings of the test's own.</summary>
internal static class ServiceProcess
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Runs it to its end.</summary>
    /// <returns>The exit code, and every line that it wrote.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(
        string service, IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var lines = new List<string>();
        var turn = new Lock();
        using var patience = new CancellationTokenSource(Patience);
        var options = new ChildProcessOptions
        {
            Program = "dotnet",
            Arguments = [AssemblyOf(service), .. arguments],
            Environment = settings,
            OnLine = Keep,
        };
        var exitCode = await ChildProcess.RunAsync(options, patience.Token);
        return (exitCode, string.Join('\n', lines));

        void Keep(string line)
        {
            lock (turn)
            {
                lines.Add(line);
            }
        }
    }

    // artifacts/bin/PROJECT/CONFIGURATION: built beside the tests.
    private static string AssemblyOf(string service)
    {
        var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        return Path.Combine(mine.Parent!.Parent!.FullName, $"EnergyLoad.{service}", mine.Name, $"EnergyLoad.{service}.dll");
    }
}
