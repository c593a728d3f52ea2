using System.Diagnostics;
using System.Globalization;
using Spectre.Console;

namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>Says what is being done: a spinner in a terminal, plain lines elsewhere.</summary>
internal sealed class Steps(IAnsiConsole console)
{
    private readonly Lock _turn = new();
    private readonly List<string> _underWay = [];
    private StatusContext? _status;

    public Task ShowAsync(Func<Task> work) => console.Profile.Capabilities.Interactive
        ? console.Status().StartAsync("Starting …", async status =>
        {
            _status = status;
            await work();
            _status = null;
        })
        : work();

    public async Task RunAsync(string name, Func<Task> step)
    {
        var started = Stopwatch.GetTimestamp();
        Change(() => _underWay.Add(name));
        try
        {
            await step();
            Change(() => console.MarkupLineInterpolated(
                CultureInfo.InvariantCulture, $"[green]✓[/] {name} [grey]{Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s[/]"));
        }
        finally
        {
            Change(() => _underWay.Remove(name));
        }
    }

    private void Change(Action change)
    {
        lock (_turn)
        {
            change();
            if (_status is not null)
            {
                _status.Status = Markup.Escape(string.Join(" · ", _underWay.DefaultIfEmpty("…")));
            }
        }
    }
}
