#:property PublishAot=false
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;

// dotnet run StartUp.cs -- PID ROUNDS EXECUTABLE...
// How long each published service takes from its start until /health/ready answers 200, in the environment of the service
// that runs as PID (of ./run --detach --no-demo), and how large its folder is. The executables take turns.
var (pid, rounds, executables) = (args[0], int.Parse(args[1], CultureInfo.InvariantCulture), args[2..]);
var environment = (await File.ReadAllTextAsync($"/proc/{pid}/environ"))
    .Split('\0', StringSplitOptions.RemoveEmptyEntries).Select(entry => entry.Split('=', 2));
var times = executables.ToDictionary(executable => executable, _ => new List<double>());
using var http = new HttpClient();
for (var round = -1; round < rounds; round++)
{
    foreach (var executable in executables)
    {
        var time = await StartAsync(executable);
        if (round >= 0)
        {
            times[executable].Add(time.TotalMilliseconds);
        }
    }
}

foreach (var (executable, all) in times)
{
    all.Sort();
    var folder = new DirectoryInfo(Path.GetDirectoryName(executable)!);
    var megabytes = folder.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) / 1e6;
    var (median, range) = (all[all.Count / 2], $"{all[0]:0} to {all[^1]:0}");
    Console.WriteLine($"{executable}: ready after {median:0} ms ({range}, {all.Count} starts), {megabytes:0.0} MB");
}

async Task<TimeSpan> StartAsync(string executable)
{
    var port = FreePort();
    var start = new ProcessStartInfo(executable) { RedirectStandardOutput = true, WorkingDirectory = Path.GetDirectoryName(executable) };
    start.Environment.Clear();
    foreach (var entry in environment)
    {
        start.Environment[entry[0]] = entry[1];
    }

    start.Environment["PORT"] = $"{port}";
    var watch = Stopwatch.StartNew();
    using var process = Process.Start(start)!;
    process.OutputDataReceived += (_, _) => { };
    process.BeginOutputReadLine();
    while (!await IsReadyAsync(new Uri($"http://127.0.0.1:{port}/health/ready")) && !process.HasExited)
    {
        await Task.Delay(2);
    }

    var elapsed = process.HasExited ? throw new InvalidOperationException($"{executable} ended with {process.ExitCode}.") : watch.Elapsed;
    process.Kill();
    await process.WaitForExitAsync();
    return elapsed;
}

async Task<bool> IsReadyAsync(Uri address)
{
    try
    {
        using var answer = await http.GetAsync(address);
        return answer.StatusCode == HttpStatusCode.OK;
    }
    catch (HttpRequestException)
    {
        return false;
    }
}

static int FreePort()
{
    using var listener = new TcpListener(IPAddress.Loopback, 0);
    listener.Start();
    return ((IPEndPoint)listener.LocalEndpoint).Port;
}
