using EnergyLoad.Local.Launcher.Demo;
using EnergyLoad.Local.Launcher.Starting;
using Spectre.Console;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>Starts the stack in this process and keeps it until somebody says stop.</summary>
internal sealed class RunCommand(LauncherOptions options)
{
    private readonly IAnsiConsole _console = Screen.Console;

    public async Task<int> RunAsync()
    {
        using var claim = StateClaim.Take(options.State);
        using var stop = new StopSignal();
        var steps = new Steps(_console);
        Stack? stack = null;
        SampleResult? result = null;
        try
        {
            await steps.ShowAsync(async () =>
            {
                stack = await Stack.StartAsync(options, steps, Report, stop.Asked);
                result = options.Demo ? await PushSampleAsync(stack, steps, stop.Asked) : null;
            });
            ShowEnd(stack!, result);
            return await StayAsync(stop, result);
        }
        finally
        {
            await (stack?.DisposeAsync() ?? ValueTask.CompletedTask);
        }
    }

    private async Task<SampleResult> PushSampleAsync(Stack stack, Steps steps, CancellationToken cancellationToken)
    {
        using var http = new HttpClient();
        return await new SampleRun(http, stack.Description, options.State).RunAsync(steps, cancellationToken);
    }

    private void ShowEnd(Stack stack, SampleResult? result)
    {
        if (result is not null)
        {
            SampleReport.Show(_console, result);
        }

        if (!options.Once)
        {
            StackReport.Show(_console, stack.Description, options.State);
        }
    }

    private async Task<int> StayAsync(StopSignal stop, SampleResult? result)
    {
        if (!options.Once)
        {
            _console.WriteLine("Everything runs. Ctrl-C stops it.");
            await stop.WaitAsync();
            _console.WriteLine("Stopping …");
        }

        return result is null or { IsExpected: true } ? 0 : 1;
    }

    private void Report(string text) => _console.MarkupLineInterpolated($"[yellow]![/] {text}");
}
