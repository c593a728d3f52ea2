using System.Diagnostics;
using System.Text;

namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>An emulator's process: started, waited for, and ended with everything that it started.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private readonly Process _process;
    private readonly StringBuilder _output = new();

    private ChildProcess(Process process)
    {
        _process = process;
        AppDomain.CurrentDomain.ProcessExit += End;
    }

    /// <summary>Starts a program and waits until a line of its output tells the port.</summary>
    /// <param name="program">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="portIn">Gives the port that a line tells; null when it tells none.</param>
    public static async Task<(ChildProcess Process, int Port)> StartAsync(string program, string[] arguments, Func<string, int?> portIn)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        var child = new ChildProcess(new Process { StartInfo = start });
        var port = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
        child._process.OutputDataReceived += (_, line) => child.Read(line.Data, portIn, port);
        child._process.ErrorDataReceived += (_, line) => child.Read(line.Data, portIn, port);
        child._process.Exited += (_, _) => port.TrySetException(new InvalidOperationException($"{program} ended:\n{child.Output}"));
        child._process.EnableRaisingEvents = true;
        child._process.Start();
        child._process.BeginOutputReadLine();
        child._process.BeginErrorReadLine();
        return (child, await port.Task.WaitAsync(Patience));
    }

    public void Dispose()
    {
        AppDomain.CurrentDomain.ProcessExit -= End;
        End(null, EventArgs.Empty);
        _process.Dispose();
    }

    private string Output
    {
        get
        {
            lock (_output)
            {
                return _output.ToString();
            }
        }
    }

    private void Read(string? line, Func<string, int?> portIn, TaskCompletionSource<int> port)
    {
        if (line is null)
        {
            return;
        }

        lock (_output)
        {
            _output.AppendLine(line);
        }

        if (portIn(line) is { } told)
        {
            port.TrySetResult(told);
        }
    }

    private void End(object? sender, EventArgs e)
    {
        if (!_process.HasExited)
        {
            _process.Kill(entireProcessTree: true);
            _process.WaitForExit();
        }
    }
}
