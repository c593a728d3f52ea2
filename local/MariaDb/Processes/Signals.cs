using System.Runtime.InteropServices;

namespace EnergyLoad.Local.MariaDb.Processes;

/// <summary>The signals that .NET cannot send itself.</summary>
public static partial class Signals
{
    private const int SigTerm = 15;

    /// <summary>Asks a process to end.</summary>
    /// <param name="processId">The process.</param>
    /// <returns>False when there is no such process.</returns>
    public static bool Terminate(int processId) => Kill(processId, SigTerm) == 0;

    /// <summary>Whether a process with this id exists.</summary>
    /// <param name="processId">The process.</param>
    public static bool IsAlive(int processId) => Kill(processId, 0) == 0;

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int Kill(int processId, int signal);
}
