using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using Xunit;

namespace EnergyLoad.Testing.Stack;

/// <summary>The whole pair as <c>./run --detach --no-demo</c> starts it, on ports and data of its own; use it as a fixture.</summary>
public class RunningStack : IAsyncLifetime
{
    // How many ports above its base a stack may use.
    private const int PortSpan = 100;
    private static readonly TimeSpan StartPatience = TimeSpan.FromMinutes(3);

    private static readonly Dictionary<string, string> BriefWaits = new()
    {
        ["Audit__AnchorInterval"] = "00:00:02",
        ["Delivery__FirstDelayMilliseconds"] = "100",
        ["Delivery__ProbeSeconds"] = "1",
    };

    private readonly string _state = Path.Combine(
        Repository.Root, "artifacts", "test-stacks", $"{Environment.ProcessId}-{Guid.NewGuid():n}"[..24]);
    private PortRange? _ports;

    /// <summary>Processes of each service; one unless a derived fixture says otherwise.</summary>
    protected virtual int Instances => 1;

    /// <summary>The folder of the stack's data, secrets and logs.</summary>
    protected string State => _state;

    /// <summary>Settings that the services are given beside the stack's own; none unless a derived fixture says otherwise.</summary>
    protected virtual IReadOnlyDictionary<string, string> Settings { get; } = new Dictionary<string, string>();

    /// <summary>A command that runs the launcher's in surroundings of its own; none unless a derived fixture says otherwise.</summary>
    protected virtual IReadOnlyList<string> Surroundings => [];

    /// <summary>Whether retries, probes and anchors come sooner than the services' defaults say; so unless the pair is measured.</summary>
    protected virtual bool WaitsBriefly => true;

    /// <summary>What stack.json says.</summary>
    public StackDescription Description { get; private set; } = null!;

    /// <summary>The log folder of the stack.</summary>
    public string Logs => Description.Logs;

    private static string Launcher
    {
        get
        {
            // artifacts/bin/PROJECT/CONFIGURATION: the launcher was built beside the tests.
            var mine = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
            return Path.Combine(mine.Parent!.Parent!.FullName, "EnergyLoad.Local.Launcher", mine.Name, "EnergyLoad.Local.Launcher.dll");
        }
    }

    /// <inheritdoc/>
    public virtual async Task InitializeAsync()
    {
        await DataFolderTemplate.CopyToAsync(Path.Combine(_state, "mariadb"));
        _ports = PortRange.Take(PortSpan);
        var (port, instances) = (_ports.First.ToString(CultureInfo.InvariantCulture), Instances.ToString(CultureInfo.InvariantCulture));
        await RunLauncherAsync("--detach", "--no-demo", "--port", port, "--state", _state, "--instances", instances);
        ReadDescription();
    }

    /// <inheritdoc/>
    public async Task DisposeAsync()
    {
        await RunLauncherAsync("stop", "--state", _state);
        _ports?.Dispose();
        CleanUp();
        Directory.Delete(_state, recursive: true);
    }

    /// <summary>Takes away what a derived fixture put into the folder, before it is deleted.</summary>
    protected virtual void CleanUp()
    {
    }

    /// <summary>Reads stack.json again: pids change when a service dies.</summary>
    public StackDescription ReadDescription()
    {
        using var file = File.OpenRead(Path.Combine(_state, "stack.json"));
        return Description = JsonSerializer.Deserialize<StackDescription>(file, JsonSerializerOptions.Web)!;
    }

    private async Task RunLauncherAsync(params string[] arguments)
    {
        string[] command = [.. Surroundings, "dotnet", Launcher, .. arguments];
        var info = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in Settings.Concat(WaitsBriefly ? BriefWaits : []))
        {
            // The launcher hands its environment down.
            info.Environment[name] = value;
        }

        using var launcher = Process.Start(info)!;
        using var patience = new CancellationTokenSource(StartPatience);
        var output = launcher.StandardOutput.ReadToEndAsync(patience.Token);
        var error = launcher.StandardError.ReadToEndAsync(patience.Token);
        await launcher.WaitForExitAsync(patience.Token);
        if (launcher.ExitCode != 0)
        {
            throw new InvalidOperationException(
                $"{string.Join(' ', arguments)} ended with {launcher.ExitCode}:\n{await output}\n{await error}");
        }
    }
}
