namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>What the machine under MariaDB may run out of.</summary>
internal static class MachineFaults
{
    private const int Block = 64 * 1024;

    /// <summary>Fills the disk until the services refuse messages for it, and makes room again.</summary>
    public static async Task FillDiskAsync(Injection injection)
    {
        await injection.MomentAsync();
        injection.HitsRecords(2);
        var ballast = Path.Combine(Path.GetDirectoryName(injection.World.Server.DataFolder)!, "ballast");
        try
        {
            Fill(ballast);
            var refused = await Injection.UntilAsync(() => Task.FromResult(Refusals(injection)), refusals => refusals > 0);
            await injection.LastAsync(1_000, 3_000);
            injection.Notes.Add($"{refused} refusals before there was room again");
        }
        finally
        {
            File.Delete(ballast);
        }

        await injection.MomentAsync();
    }

    private static int Refusals(Injection injection) =>
        injection.Traffic.Books.Statuses.Where(status => status.Key is not (200 or 202)).Sum(status => status.Value);

    private static void Fill(string file)
    {
        using var stream = new FileStream(file, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 0);
        var block = new byte[Block];
        try
        {
            while (true)
            {
                stream.Write(block);
            }
        }
        catch (IOException)
        {
            // Full.
        }
    }
}
