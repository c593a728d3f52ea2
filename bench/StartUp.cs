using System.Diagnostics;
using System.Globalization;
using System.Net;
using EnergyLoad.Local.MariaDb;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>How long a new instance of a service takes from its start to ready: its own process, nothing read or compiled before.</summary>
internal static class StartUp
{
    private const int Starts = 7;
    private const double LongestStart = 1_000;
    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(2);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static async Task<IReadOnlyList<Figure>> MeasureAsync(StackDescription stack) =>
        [await MeasureAsync("send-api", stack.Pids.SendApi[0]), await MeasureAsync("receive-api", stack.Pids.ReceiveApi[0])];

    private static async Task<Figure> MeasureAsync(string service, int running)
    {
        var times = new List<double>(Starts);
        for (var start = 0; start < Starts; start++)
        {
            times.Add((await StartAsync(running)).TotalMilliseconds);
        }

        times.Sort();
        return Figure.AtMost($"start to ready, {service}, median of {Starts}", "ms", times[Starts / 2], LongestStart);
    }

    /// <summary>Starts one more instance, as the running one was started, on a port of its own.</summary>
    private static async Task<TimeSpan> StartAsync(int running)
    {
        var port = FreePort.Find().ToString(CultureInfo.InvariantCulture);
        var command = Read(running, "cmdline");

        // Without a shell in between: one may drop variables whose names are no names to it (Secrets__Sources__audit-key).
        var info = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true };
        info.Environment.Clear();
        foreach (var variable in Read(running, "environ").Select(line => line.Split('=', 2)))
        {
            info.Environment[variable[0]] = variable[1];
        }

        info.Environment["PORT"] = port;
        var clock = Stopwatch.StartNew();
        using var instance = Process.Start(info)!;
        var output = Task.WhenAll(instance.StandardOutput.ReadToEndAsync(), instance.StandardError.ReadToEndAsync());
        try
        {
            await AwaitReadyAsync(new Uri($"http://127.0.0.1:{port}/health/ready"), clock);
            return clock.Elapsed;
        }
        finally
        {
            instance.Kill();
            await instance.WaitForExitAsync();
            await output;
        }
    }

    private static async Task AwaitReadyAsync(Uri probe, Stopwatch clock)
    {
        using var http = new HttpClient();
        while (!await IsReadyAsync(http, probe))
        {
            if (clock.Elapsed > Patience)
            {
                throw new TimeoutException($"{probe} did not become ready.");
            }

            await Task.Delay(Poll);
        }
    }

    private static async Task<bool> IsReadyAsync(HttpClient http, Uri probe)
    {
        try
        {
            using var answer = await http.GetAsync(probe);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string[] Read(int process, string what) =>
        File.ReadAllText($"/proc/{process.ToString(CultureInfo.InvariantCulture)}/{what}").Split(
            '\0', StringSplitOptions.RemoveEmptyEntries);
}
