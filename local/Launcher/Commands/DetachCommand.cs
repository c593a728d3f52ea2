using System.Diagnostics;
using EnergyLoad.Local.Launcher.Demo;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Starting;
using EnergyLoad.Local.MariaDb.Processes;
using Spectre.Console;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>Leaves a launcher in the background, shows what it says until it is ready, and pushes the sample day from here.</summary>
internal sealed class DetachCommand(LauncherOptions options, string[] arguments)
{
    // Closes whatever the caller had open: a background process that holds somebody's pipe keeps its reader waiting for ever.
    private const string InBackground = """
        log=$1; shift
        for fd in /proc/self/fd/*; do fd=${fd##*/}; (( fd > 2 )) && eval "exec $fd>&-"; done
        exec setsid "$@" </dev/null >>"$log" 2>&1
        """;

    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(100);
    private readonly IAnsiConsole _console = Screen.Console;

    public async Task<int> RunAsync()
    {
        if (StateClaim.OwnerOf(options.State) is { } owner)
        {
            throw new StackFailedException($"A stack runs on {options.State.Root} already (process {owner}). ./run stop ends it.");
        }

        options.State.Create();
        File.Delete(options.State.StackFile);
        using var stop = new StopSignal();
        using var launcher = Start();
        if (!await AwaitReadyAsync(launcher, stop.Asked))
        {
            return 1;
        }

        var stack = PrivateFile.Read<StackFile>(options.State.StackFile)!;
        var expected = !options.Demo || await PushSampleAsync(stack, stop.Asked);
        StackReport.Show(_console, stack, options.State);
        _console.WriteLine("Everything runs in the background: ./run status, ./run stop.");
        return expected ? 0 : 1;
    }

    private Process Start()
    {
        string[] passedOn = [.. arguments.Where(argument => argument != "--detach")];
        return Process.Start(new ProcessStartInfo(
            "bash",
            ["-c", InBackground, "launcher", options.State.LauncherLog, Programs.DotNet, Programs.Launcher, "--background", .. passedOn]))!;
    }

    private async Task<bool> AwaitReadyAsync(Process launcher, CancellationToken cancellationToken)
    {
        var log = options.State.LauncherLog;
        var shown = File.Exists(log) ? new FileInfo(log).Length : 0;
        while (!File.Exists(options.State.StackFile))
        {
            if (cancellationToken.IsCancellationRequested)
            {
                Signals.Terminate(launcher.Id);
            }

            if (launcher.HasExited)
            {
                ShowNew(log, shown);
                return false;
            }

            shown = ShowNew(log, shown);
            await Task.Delay(PollInterval, CancellationToken.None);
        }

        ShowNew(log, shown);
        return true;
    }

    private long ShowNew(string log, long from)
    {
        if (!File.Exists(log))
        {
            return from;
        }

        using var stream = new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        stream.Seek(from, SeekOrigin.Begin);
        using var reader = new StreamReader(stream);
        _console.Write(new Text(reader.ReadToEnd()));
        return stream.Position;
    }

    private async Task<bool> PushSampleAsync(StackFile stack, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        var result = await new SampleRun(http, stack, options.State).RunAsync(new Steps(_console), cancellationToken);
        SampleReport.Show(_console, result);
        return result.IsExpected;
    }
}
