using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>How each program of the stack is started.</summary>
internal sealed class StackPrograms(Ports ports, StateFolder folder, Health health)
{
    // Together less than the 10 s that a stop may take.
    private static readonly TimeSpan StandInGrace = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan ServiceGrace = TimeSpan.FromSeconds(4);
    private static readonly TimeSpan ReadyTimeout = TimeSpan.FromSeconds(60);

    public async Task<(MariaDbServer Server, Running Running)> StartMariaDbAsync(CancellationToken cancellationToken)
    {
        var options = new MariaDbOptions { Folder = folder.MariaDb, Port = ports.MariaDb, LogFile = folder.Log("mariadb") };
        var server = await MariaDbServer.StartAsync(options, cancellationToken);
        return (server, new Running(server.ProcessId, server.Exited, Task.CompletedTask, () => server.DisposeAsync().AsTask()));
    }

    public async Task<Running> StartStandInAsync(string name, string assembly, object configuration)
    {
        var file = Path.Combine(folder.Configuration, $"{name}.json");
        PrivateFile.Write(file, configuration);
        var child = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Program = Programs.DotNet,
            Arguments = [assembly, "--config", file],
            LogFile = folder.Log(name),
        });
        return Running.Of(child, AwaitReadyLineAsync(child, name), StandInGrace);
    }

    public async Task<Running> StartServiceAsync(
        string name, string assembly, IReadOnlyDictionary<string, string> environment, string address, CancellationToken cancellationToken)
    {
        var child = await ChildProcess.StartAsync(new ChildProcessOptions
        {
            Program = Programs.DotNet,
            Arguments = [assembly],
            Environment = environment,
            LogFile = folder.Log(name),
        });
        return Running.Of(child, health.AwaitReadyAsync(child, address, folder.Log(name), cancellationToken), ServiceGrace);
    }

    /// <summary>Runs a service's command to its end.</summary>
    /// <returns>The lines that it printed; they are in no log, since one of them may be a password.</returns>
    public static async Task<IReadOnlyList<string>> RunCommandAsync(
        string assembly, IReadOnlyDictionary<string, string> environment, CancellationToken cancellationToken, params string[] arguments)
    {
        var lines = new List<string>();
        var turn = new Lock();
        var code = await ChildProcess.RunAsync(
            new ChildProcessOptions { Program = Programs.DotNet, Arguments = [assembly, .. arguments], Environment = environment, OnLine = Keep },
            cancellationToken);
        return code == 0
            ? lines
            : throw new StackFailedException(
                $"{Path.GetFileNameWithoutExtension(assembly)} {arguments[0]} ended with code {code}:\n{string.Join('\n', lines.TakeLast(20))}");

        void Keep(string line)
        {
            lock (turn)
            {
                lines.Add(line);
            }
        }
    }

    private async Task AwaitReadyLineAsync(ChildProcess child, string name)
    {
        try
        {
            await child.Ready.WaitAsync(ReadyTimeout);
        }
        catch (Exception exception) when (exception is InvalidOperationException or TimeoutException)
        {
            throw new InvalidOperationException($"{name} did not become ready; see {folder.Log(name)}.", exception);
        }
    }
}
