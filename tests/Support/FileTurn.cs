namespace EnergyLoad.Testing;

/// <summary>A turn that test processes on this machine take one after the other: it ends with the stream, or with its process.</summary>
internal static class FileTurn
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Waits for the turn.</summary>
    /// <param name="path">The file that stands for it; its folder exists.</param>
    public static async Task<FileStream> TakeAsync(string path)
    {
        while (true)
        {
            if (TryTake(path) is { } turn)
            {
                return turn;
            }

            await Task.Delay(Interval);
        }
    }

    /// <summary>Takes the turn if nobody else has it.</summary>
    /// <param name="path">The file that stands for it; its folder exists.</param>
    public static FileStream? TryTake(string path)
    {
        try
        {
            return new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException)
        {
            return null;
        }
    }
}
