using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.MariaDb.Processes;
using Spectre.Console;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>Ends the launcher that runs on a folder, and with it everything that it started.</summary>
internal static class StopCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public static async Task<int> RunAsync(StateFolder folder, CancellationToken cancellationToken)
    {
        if (StateClaim.OwnerOf(folder) is not { } owner)
        {
            Screen.Console.MarkupLineInterpolated($"Nothing runs on {folder.Root}.");
            return 0;
        }

        Signals.Terminate(owner);
        using var patience = new CancellationTokenSource(Patience);
        while (StateClaim.OwnerOf(folder) == owner)
        {
            if (patience.IsCancellationRequested)
            {
                Screen.Console.MarkupLineInterpolated(
                    $"[red]✗[/] Process {owner} has not ended after {Patience.TotalSeconds:0} s; see {folder.LauncherLog}.");
                return 1;
            }

            await Task.Delay(PollInterval, cancellationToken);
        }

        Screen.Console.WriteLine("Stopped.");
        return 0;
    }
}
