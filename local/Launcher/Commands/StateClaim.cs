using System.Globalization;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Starting;

namespace EnergyLoad.Local.Launcher.Commands;

/// <summary>One launcher per folder: held by a lock that ends with the process, so no stale file can be in the way.</summary>
internal sealed class StateClaim : IDisposable
{
    private readonly FileStream _lock;

    private StateClaim(FileStream stream) => _lock = stream;

    public static StateClaim Take(StateFolder folder)
    {
        folder.Create();
        if (TryLock(folder) is not { } stream)
        {
            throw new StackFailedException($"A stack runs on {folder.Root} already (process {OwnerOf(folder)}). ./run stop ends it.");
        }

        File.WriteAllText(folder.PidFile, Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        return new StateClaim(stream);
    }

    /// <summary>The process id of the launcher that runs on the folder; null when none does.</summary>
    public static int? OwnerOf(StateFolder folder)
    {
        if (!File.Exists(folder.PidFile))
        {
            return null;
        }

        using var free = TryLock(folder);
        return free is null && int.TryParse(File.ReadAllText(folder.PidFile), CultureInfo.InvariantCulture, out var owner) ? owner : null;
    }

    public void Dispose() => _lock.Dispose();

    private static FileStream? TryLock(StateFolder folder)
    {
        try
        {
            return new FileStream(folder.LockFile, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
