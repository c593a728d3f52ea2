using System.Diagnostics;

namespace EnergyLoad.Bench;

/// <summary>Sends requests over so many connections for so long, and counts what was answered as it should be.</summary>
internal sealed class Load(int connections, TimeSpan warmUp, TimeSpan duration)
{
    /// <summary>Requests answered with the expected status after the warm-up, and what they cost.</summary>
    /// <param name="makeRequest">Makes the request of a number.</param>
    /// <param name="expectedStatus">Any other answer ends the bench.</param>
    /// <param name="watched">Processes whose processor time is counted, by name.</param>
    public async Task<LoadResult> RunAsync(Func<int, HttpRequestMessage> makeRequest, int expectedStatus, params (string Name, int Pid)[] watched)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, UseProxy = false });
        var counted = 0;
        var wrong = 0;
        var next = 0;
        var clock = Stopwatch.StartNew();
        var costs = CostsAsync(watched);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < warmUp + duration)
            {
                using var request = makeRequest(Interlocked.Increment(ref next));
                using var answer = await http.SendAsync(request, CancellationToken.None);
                await answer.Content.CopyToAsync(Stream.Null);
                if ((int)answer.StatusCode != expectedStatus)
                {
                    Interlocked.Increment(ref wrong);
                }
                else if (clock.Elapsed > warmUp && clock.Elapsed < warmUp + duration)
                {
                    Interlocked.Increment(ref counted);
                }
            }
        })));
        return wrong == 0
            ? new LoadResult(counted, duration, await costs)
            : throw new InvalidOperationException($"{wrong} of {next} requests were not answered with {expectedStatus}.");
    }

    private async Task<IReadOnlyList<(string Name, TimeSpan Used)>> CostsAsync((string Name, int Pid)[] watched)
    {
        await Task.Delay(warmUp);
        var before = Array.ConvertAll(watched, one => TimeOf(one.Pid));
        await Task.Delay(duration);
        return [.. watched.Select((one, i) => (one.Name, TimeOf(one.Pid) - before[i]))];
    }

    private static TimeSpan TimeOf(int pid)
    {
        using var process = Process.GetProcessById(pid);
        return process.TotalProcessorTime;
    }
}
