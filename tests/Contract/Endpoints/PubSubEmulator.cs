using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace EnergyLoad.Contract.Tests.Endpoints;

/// <summary>Google's own emulator of Pub/Sub, out of the Cloud SDK.</summary>
public sealed class PubSubEmulator : CloudEndpoint
{
    private const string Ready = "Server started, listening on";
    private ChildProcess? _process;

    public static string? Missing =>
        Jar is null ? "Google's Pub/Sub emulator is not installed: gcloud components install pubsub-emulator"
        : Machine.Find("java") is null ? "Java is not installed: the Pub/Sub emulator needs it"
        : null;

    private static string? Jar => SdkFolders()
        .Select(folder => Path.Combine(folder, "platform", "pubsub-emulator", "lib"))
        .Where(Directory.Exists)
        .SelectMany(folder => Directory.EnumerateFiles(folder, "cloud-pubsub-emulator-*-all.jar"))
        .FirstOrDefault();

    protected override async Task<Started?> StartAsync()
    {
        if (Missing is not null)
        {
            return null;
        }

        var port = FreePort();
        // The jar itself, not gcloud's wrapper: so the process that is ended is the emulator.
        string[] arguments = ["-jar", Jar!, "--host=127.0.0.1", string.Create(CultureInfo.InvariantCulture, $"--port={port}")];
        (_process, _) = await ChildProcess.StartAsync(
            "java", arguments, line => line.Contains(Ready, StringComparison.Ordinal) ? port : null);
        return new Started(new Uri($"http://127.0.0.1:{port}"), "any");
    }

    protected override Task StopAsync()
    {
        _process?.Dispose();
        return Task.CompletedTask;
    }

    private static IEnumerable<string> SdkFolders()
    {
        if (Environment.GetEnvironmentVariable("CLOUDSDK_ROOT_DIR") is { Length: > 0 } told)
        {
            yield return told;
        }

        if (Machine.Find("gcloud") is { } gcloud)
        {
            yield return Path.GetDirectoryName(Path.GetDirectoryName(gcloud))!;
        }

        yield return "/usr/lib/google-cloud-sdk";
        yield return Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), "google-cloud-sdk");
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
