using System.Diagnostics;

namespace EnergyLoad.Faults.Tests;

/// <summary>
/// The pair that finds e-Sight by a name, in a file of names that only its processes see; making a file seen by them alone needs root.
/// </summary>
public sealed class NamedESight : TwoInstances
{
    // The only name to which a service may speak without TLS.
    private const string HostName = "localhost";
    private const string Known = $"127.0.0.1 {HostName}\n";

    // No server of names is asked for what the file does not know.
    private const string Order = "hosts: files\n";
    private const string Enter =
        "mount --bind \"$1\" /etc/hosts && mount --bind \"$2\" /etc/nsswitch.conf && shift 2 && exec \"$@\"";

    /// <summary>What this machine lacks for it; null when nothing.</summary>
    public static string? Missing => CanBeAlone() ? null : "needs the right to mount";

    /// <inheritdoc/>
    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["ENERGYLOAD_ESIGHT_HOST"] = HostName };

    /// <inheritdoc/>
    protected override IReadOnlyList<string> Surroundings => ["unshare", "--mount", "sh", "-c", Enter, "sh", Names, Switch];

    private string Names => Path.Combine(State, "hosts");

    private string Switch => Path.Combine(State, "nsswitch.conf");

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        Directory.CreateDirectory(State);
        PutBack();
        await File.WriteAllTextAsync(Switch, Order);
        await base.InitializeAsync();
    }

    /// <summary>From now on nobody knows the name. Written in place: the processes see this very file.</summary>
    public void TakeAway() => File.WriteAllText(Names, "");

    /// <summary>The name is known again.</summary>
    public void PutBack() => File.WriteAllText(Names, Known);

    private static bool CanBeAlone()
    {
        const string Any = "/etc/nsswitch.conf";
        using var process = Process.Start("unshare", ["--mount", "mount", "--bind", Any, Any]);
        process.WaitForExit();
        return process.ExitCode == 0;
    }
}
