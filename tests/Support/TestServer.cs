using EnergyLoad.Local.MariaDb;

namespace EnergyLoad.Testing;

/// <summary>The database server of this test process: a private MariaDB, or the one that ENERGYLOAD_TEST_MYSQL names.</summary>
internal static class TestServer
{
    private const string Variable = "ENERGYLOAD_TEST_MYSQL";
    private const int Tries = 3;
    private static readonly string Folders = Path.Combine(Repository.Root, "artifacts", "test-servers");
    private static readonly Lazy<Task<ServerAccount>> Started = new(StartAsync);

    public static Task<ServerAccount> Account => Started.Value;

    private static async Task<ServerAccount> StartAsync()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } address)
        {
            return ServerAccount.Parse(address);
        }

        DropFoldersOfTheDead();
        var folder = Path.Combine(Folders, $"{Environment.ProcessId}");
        await DataFolderTemplate.CopyToAsync(folder);
        var server = await StartPrivateAsync(folder);
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            server.Kill();
            Directory.Delete(folder, recursive: true);
        };
        return server.Administrator;
    }

    private static async Task<MariaDbServer> StartPrivateAsync(string folder)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                var options =
                    new MariaDbOptions { Folder = folder, Port = FreePort.Find(), BufferPoolMegabytes = 128, WaitsForDisk = false };
                return await MariaDbServer.StartAsync(options, CancellationToken.None);
            }
            catch (InvalidOperationException) when (attempt < Tries)
            {
                // Somebody else took the port between the look and the start.
            }
        }
    }

    private static void DropFoldersOfTheDead()
    {
        foreach (var folder in Directory.Exists(Folders) ? Directory.GetDirectories(Folders) : [])
        {
            if (!Directory.Exists($"/proc/{Path.GetFileName(folder)}"))
            {
                Directory.Delete(folder, recursive: true);
            }
        }
    }
}
