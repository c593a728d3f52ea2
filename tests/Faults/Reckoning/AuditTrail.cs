using System.Diagnostics;
using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Reckoning;

/// <summary>The audit log's own verification, run in the surroundings of a running service.</summary>
internal static class AuditTrail
{
    /// <returns>What <c>audit verify</c> finds.</returns>
    public static async Task<IReadOnlyList<string>> VerifyAsync(FaultWorld world)
    {
        var running = $"/proc/{world.Processes.PidOf(Role.SendApi, 0)}";
        var command = Split(await File.ReadAllTextAsync($"{running}/cmdline"));
        var start = new ProcessStartInfo(command[0], [.. command[1..], "audit", "verify"]) { RedirectStandardOutput = true };
        foreach (var variable in Split(await File.ReadAllTextAsync($"{running}/environ")).Select(variable => variable.Split('=', 2)))
        {
            start.Environment[variable[0]] = variable[1];
        }

        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0 ? [] : [$"the audit log does not verify: {output}"];
    }

    private static string[] Split(string text) => text.Split('\0', StringSplitOptions.RemoveEmptyEntries);
}
