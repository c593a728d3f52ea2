using System.Globalization;
using EnergyLoad.Testing;

namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>One of the emulators in npm's firebase-tools, behind the script that gives it Google's paths.</summary>
public abstract class FirebaseEmulator(string service) : CloudEndpoint
{
    private const string Ready = "listening on ";
    private ChildProcess? _process;

    public static string? Missing =>
        Machine.Find("node") is null ? "Node.js is not installed: the emulators of firebase-tools need it"
        : !Directory.Exists(Path.Combine(Modules, "firebase-tools")) ? "firebase-tools is not installed: ./test all installs it with npm"
        : null;

    private static string Modules { get; } = Path.Combine(Repository.Root, "artifacts", "firebase-tools", "node_modules");

    protected override async Task<Started?> StartAsync()
    {
        if (Missing is not null)
        {
            return null;
        }

        var script = Path.Combine(Repository.Root, "tests", "Contract", "firebase.cjs");
        (_process, var port) = await ChildProcess.StartAsync("node", [script, Modules, service, ProjectId], PortIn);
        return new Started(new Uri($"http://127.0.0.1:{port}"), "owner");
    }

    protected override Task StopAsync()
    {
        _process?.Dispose();
        return Task.CompletedTask;
    }

    private static int? PortIn(string line) =>
        line.StartsWith(Ready, StringComparison.Ordinal) ? int.Parse(line[Ready.Length..], CultureInfo.InvariantCulture) : null;
}
