using System.Diagnostics;
using System.Security.Cryptography;
using System.Text;
using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Testing;

/// <summary>A new server's data folder, laid out once for all tests: a server that starts in a copy of it starts in no time.</summary>
internal static class DataFolderTemplate
{
    private static readonly string Folders = Path.Combine(Repository.Root, "artifacts", "test-template");

    /// <summary>Puts a data folder where a server looks for its own.</summary>
    /// <param name="serverFolder">The server's folder, new.</param>
    public static async Task CopyToAsync(string serverFolder)
    {
        var template = await GetAsync();
        Directory.CreateDirectory(serverFolder);

        // The redo log is a hundred megabytes of nothing, which GNU cp leaves out.
        await Processes.RunAsync(
            new ProcessStartInfo("cp", ["--recursive", "--sparse=always", template, DataFolder.Of(serverFolder)]), new Dictionary<string, string?>());
    }

    private static async Task<string> GetAsync()
    {
        // One for each version of the server.
        var version = await Processes.RunAsync(
            new ProcessStartInfo(MariaDbServer.Program, ["--version"]), new Dictionary<string, string?>());
        var folder = Path.Combine(Folders, Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(version))));
        Directory.CreateDirectory(Folders);
        await using var turn = await FileTurn.TakeAsync(Path.Combine(Folders, ".lock"));
        await DataFolder.LayOutAsync(folder, Path.GetTempPath(), folder + ".log", CancellationToken.None);
        return folder;
    }
}
