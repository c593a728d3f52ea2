using System.Collections.Concurrent;
using System.Diagnostics;

namespace EnergyLoad.Bench;

/// <summary>Sends requests over so many connections, and counts what was answered as it should be.</summary>
internal sealed class Load(int connections)
{
    private int _sent;

    /// <summary>Requests answered with the expected status after the warm-up, and what they cost.</summary>
    /// <param name="warmUp">For how long they are not counted.</param>
    /// <param name="duration">For how long they are.</param>
    /// <param name="makeRequest">Makes the request of a number.</param>
    /// <param name="expectedStatus">Any other answer ends the bench.</param>
    /// <param name="watched">Processes whose processor time is counted, by name.</param>
    public async Task<LoadResult> RunAsync(
        TimeSpan warmUp, TimeSpan duration, Func<int, HttpRequestMessage> makeRequest, int expectedStatus, params (string Name, int Pid)[] watched)
    {
        using var http = new HttpMessageInvoker(
            new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, UseProxy = false });
        var times = new ConcurrentQueue<TimeSpan>();
        var wrong = 0;
        var clock = Stopwatch.StartNew();
        var costs = CostsAsync(warmUp, duration, watched);
        await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => Task.Run(async () =>
        {
            while (clock.Elapsed < warmUp + duration)
            {
                using var request = makeRequest(Interlocked.Increment(ref _sent));
                var sent = clock.Elapsed;
                using var answer = await http.SendAsync(request, CancellationToken.None);
                await answer.Content.CopyToAsync(Stream.Null);
                if ((int)answer.StatusCode != expectedStatus)
                {
                    Interlocked.Increment(ref wrong);
                }
                else if (clock.Elapsed > warmUp && clock.Elapsed < warmUp + duration)
                {
                    times.Enqueue(clock.Elapsed - sent);
                }
            }
        })));
        return wrong == 0
            ? new LoadResult(times.Count, duration, await costs, [.. times])
            : throw new InvalidOperationException($"{wrong} of {_sent} requests were not answered with {expectedStatus}.");
    }

    private static async Task<IReadOnlyList<(string Name, TimeSpan Used)>> CostsAsync(
        TimeSpan warmUp, TimeSpan duration, (string Name, int Pid)[] watched)
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
