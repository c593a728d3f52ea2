using System.Text.Json;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.Local.Tests.StandIns;

/// <summary>A stand-in as the launcher starts it: a process with a file of settings.</summary>
internal sealed class StandInProcess : IAsyncDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("stand-in-").FullName;
    private readonly string _assembly;
    private readonly List<string> _lines = [];
    private ChildProcess? _process;

    private StandInProcess(string assembly) => _assembly = Path.Combine(AppContext.BaseDirectory, assembly);

    public int Port { get; } = FreePort.Find();

    public Uri Address => new($"http://127.0.0.1:{Port}");

    public string State => Path.Combine(_folder, "state");

    /// <param name="assembly">The program's file.</param>
    /// <param name="settings">Makes the settings, given the process's port and folder.</param>
    public static async Task<StandInProcess> StartAsync(string assembly, Func<StandInProcess, object> settings)
    {
        var standIn = new StandInProcess(assembly);
        await File.WriteAllBytesAsync(standIn.Settings, JsonSerializer.SerializeToUtf8Bytes(settings(standIn)));
        await standIn.StartAsync();
        return standIn;
    }

    /// <summary>Kills the process as a power cut would, and starts it anew on the same folder.</summary>
    public async Task KillAndStartAsync()
    {
        _process!.Kill();
        await _process.Exited;
        await StartAsync();
    }

    /// <summary>Asks it to end, and returns its exit code and all that it printed.</summary>
    public async Task<(int ExitCode, IReadOnlyList<string> Lines)> StopAsync()
    {
        Assert.True(await _process!.StopAsync(TimeSpan.FromSeconds(30)));
        return (await _process.Exited, _lines);
    }

    public async ValueTask DisposeAsync()
    {
        await _process!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    private string Settings => Path.Combine(_folder, "settings.json");

    private async Task StartAsync()
    {
        _process = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Program = Environment.ProcessPath is { } host && Path.GetFileName(host) == "dotnet" ? host : "dotnet",
            Arguments = [_assembly, "--config", Settings],
            OnLine = Keep,
        });
        await _process.Ready.WaitAsync(TimeSpan.FromSeconds(60));
    }

    private void Keep(string line)
    {
        lock (_lines)
        {
            _lines.Add(line);
        }
    }
}
