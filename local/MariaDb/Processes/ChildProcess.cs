using System.Diagnostics;

namespace EnergyLoad.Local.MariaDb.Processes;

/// <summary>A process that never outlives this one: the kernel kills it when this one ends, however that happens.</summary>
public sealed class ChildProcess : IAsyncDisposable
{
    private readonly Process _process;
    private readonly TaskCompletionSource _ready = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Lock _logTurn = new();
    private readonly StreamWriter? _log;
    private readonly Action<string>? _onLine;
    private readonly Task _output;

    private ChildProcess(Process process, ChildProcessOptions options)
    {
        (_process, _onLine) = (process, options.OnLine);
        Id = process.Id;
        _log = options.LogFile is null ? null : OpenLog(options.LogFile);
        _output = Task.WhenAll(CopyAsync(process.StandardOutput), CopyAsync(process.StandardError));
        Exited = WaitAsync();
    }

    /// <summary>The process id.</summary>
    public int Id { get; }

    /// <summary>Ends when the process has ended and its output is written; the result is its exit code.</summary>
    public Task<int> Exited { get; }

    /// <summary>Ends when the process has printed the line <c>ready</c>.</summary>
    public Task Ready => _ready.Task;

    /// <summary>Starts a program in a session of its own, so that a Ctrl-C in the terminal reaches only this process.</summary>
    /// <param name="options">What to start.</param>
    public static async Task<ChildProcess> StartAsync(ChildProcessOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        // Neither setsid nor setpriv forks here: they become the program, and the process id stays.
        var info = new ProcessStartInfo("setsid", ["setpriv", "--pdeathsig", "KILL", "--", options.Program, .. options.Arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (var (name, value) in options.Environment)
        {
            info.Environment[name] = value;
        }

        var process = await StarterThread.StartAsync(info);
        process.StandardInput.Close();
        return new ChildProcess(process, options);
    }

    /// <summary>Runs a program to its end.</summary>
    /// <param name="options">What to run.</param>
    /// <param name="cancellationToken">Kills the program.</param>
    /// <returns>Its exit code.</returns>
    public static async Task<int> RunAsync(ChildProcessOptions options, CancellationToken cancellationToken)
    {
        await using var child = await StartAsync(options);
        return await child.Exited.WaitAsync(cancellationToken);
    }

    /// <summary>Asks the process to end, and kills it when it has not within the given time.</summary>
    /// <param name="grace">How long it may take.</param>
    /// <returns>True when it ended by itself.</returns>
    public async Task<bool> StopAsync(TimeSpan grace)
    {
        if (!Exited.IsCompleted)
        {
            Signals.Terminate(Id);
        }

        try
        {
            await Exited.WaitAsync(grace);
            return true;
        }
        catch (TimeoutException)
        {
            Kill();
            await Exited;
            return false;
        }
    }

    /// <summary>Ends the process at once, as a power cut would.</summary>
    public void Kill() => _process.Kill();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (!Exited.IsCompleted)
        {
            Kill();
        }

        await Exited;
        _process.Dispose();
    }

    private static StreamWriter OpenLog(string file) =>
        new(new FileStream(file, FileMode.Append, FileAccess.Write, FileShare.ReadWrite)) { AutoFlush = true };

    private async Task<int> WaitAsync()
    {
        await _process.WaitForExitAsync();
        await _output;
        _ready.TrySetException(new InvalidOperationException($"The process ended with code {_process.ExitCode} before it was ready."));
        _ = _ready.Task.Exception;
        if (_log is not null)
        {
            await _log.DisposeAsync();
        }

        return _process.ExitCode;
    }

    private async Task CopyAsync(StreamReader reader)
    {
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line == "ready")
            {
                _ready.TrySetResult();
            }

            _onLine?.Invoke(line);
            Write(line);
        }
    }

    private void Write(string line)
    {
        lock (_logTurn)
        {
            _log?.WriteLine(line);
        }
    }
}
