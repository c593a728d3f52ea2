using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Starting;
using Spectre.Console;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>Says what is running on a folder; exit code 0 when all services are ready.</summary>
internal static class StatusCommand
{
    private const int NotRunning = 3;
    private const int NotReady = 1;

    public static async Task<int> RunAsync(StateFolder folder, CancellationToken cancellationToken)
    {
        if (StateClaim.OwnerOf(folder) is not { } owner)
        {
            Screen.Console.MarkupLineInterpolated($"Nothing runs on {folder.Root}.");
            return NotRunning;
        }

        if (PrivateFile.Read<StackFile>(folder.StackFile) is not { } stack)
        {
            Screen.Console.MarkupLineInterpolated($"Process {owner} is starting the stack; see {folder.LauncherLog}.");
            return NotReady;
        }

        StackReport.Show(Screen.Console, stack, folder);
        return await AreReadyAsync(stack, cancellationToken) ? 0 : NotReady;
    }

    private static async Task<bool> AreReadyAsync(StackFile stack, CancellationToken cancellationToken)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(5) };
        var health = new Health(http);
        var all = true;
        foreach (var address in stack.SendApi.Concat(stack.ReceiveApi))
        {
            var ready = await health.IsReadyAsync(address, cancellationToken);
            Screen.Console.MarkupLineInterpolated(
                ready ? $"[green]✓[/] {address} is ready." : (FormattableString)$"[red]✗[/] {address} is not ready.");
            all &= ready;
        }

        return all;
    }
}
