using System.Diagnostics;

namespace EnergyLoad.Faults.Tests;

/// <summary>The pair whose MariaDB has a disk of its own, small enough to be filled; mounting it needs root.</summary>
public sealed class SmallDisk : TwoInstances
{
    private const int Mebibytes = 400;

    /// <summary>What this machine lacks for it; null when nothing.</summary>
    public static string? Missing => Environment.IsPrivilegedProcess ? null : "needs root";

    private string Folder => Path.Combine(State, "mariadb");

    /// <inheritdoc/>
    public override async Task InitializeAsync()
    {
        Directory.CreateDirectory(Folder);
        Run("mount", "-t", "tmpfs", "-o", $"size={Mebibytes}m,mode=0700", "tmpfs", Folder);
        await base.InitializeAsync();
    }

    /// <inheritdoc/>
    protected override void CleanUp() => Run("umount", Folder);

    private static void Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"{program} {string.Join(' ', arguments)} ended with {process.ExitCode}.");
        }
    }
}
