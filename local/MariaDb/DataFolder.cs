using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.Local.MariaDb;

/// <summary>The folder of a server's files, with the system tables that a new one needs.</summary>
public static class DataFolder
{
    /// <summary>Where a server keeps it.</summary>
    /// <param name="serverFolder">The server's folder.</param>
    public static string Of(string serverFolder) => Path.Combine(serverFolder, "data");

    /// <summary>Makes the folder with its system tables; does nothing where it is there already.</summary>
    /// <param name="folder">The folder to make.</param>
    /// <param name="temporaryFolder">For files that are needed meanwhile.</param>
    /// <param name="log">Where the output goes.</param>
    /// <param name="cancellationToken">Gives up; the next call begins anew.</param>
    /// <exception cref="InvalidOperationException">It could not be made; the message names the log.</exception>
    public static async Task LayOutAsync(string folder, string temporaryFolder, string log, CancellationToken cancellationToken)
    {
        if (Directory.Exists(folder))
        {
            return;
        }

        var unfinished = folder + ".unfinished";
        if (Directory.Exists(unfinished))
        {
            Directory.Delete(unfinished, recursive: true);
        }

        var code = await ChildProcess.RunAsync(
            new ChildProcessOptions
            {
                Program = "mariadb-install-db",
                Arguments =
                [
                    "--no-defaults", $"--datadir={unfinished}", "--auth-root-authentication-method=socket", "--skip-test-db",
                    "--skip-name-resolve", "--force", "--innodb-log-file-size=96M", .. AsRoot(),
                ],
                Environment = new Dictionary<string, string> { ["TMPDIR"] = temporaryFolder },
                LogFile = log,
            },
            cancellationToken);
        if (code != 0)
        {
            throw new InvalidOperationException($"mariadb-install-db ended with code {code}; see {log}.");
        }

        Directory.Move(unfinished, folder);
    }

    internal static IEnumerable<string> AsRoot() => Environment.IsPrivilegedProcess ? ["--user=root"] : [];
}
