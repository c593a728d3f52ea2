using System.Diagnostics;

namespace EnergyLoad.Bench;

/// <summary>Sends requests over so many connections, each on a thread of its own, and counts what was answered as it should be.</summary>
internal sealed class Load(int connections)
{
    private int _sent;

    /// <summary>Requests answered with the expected status after the warm-up, and what they cost.</summary>
    /// <param name="warmUp">For how long they are not counted.</param>
    /// <param name="duration">For how long they are.</param>
    /// <param name="request">What is sent, but for its body.</param>
    /// <param name="makeBody">Makes the body of the request of a number.</param>
    /// <param name="expectedStatus">Any other answer ends the bench.</param>
    /// <param name="watched">Processes whose processor time is counted, by name.</param>
    public async Task<LoadResult> RunAsync(
        TimeSpan warmUp, TimeSpan duration, RequestHead request, Func<int, byte[]> makeBody, int expectedStatus,
        params (string Name, int Pid)[] watched)
    {
        var clock = Stopwatch.StartNew();
        var costs = CostsAsync(warmUp, duration, watched);
        var times = await Task.WhenAll(Enumerable.Range(0, connections).Select(
            _ => Task.Factory.StartNew(Send, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)));
        return new LoadResult(times.Sum(one => one.Count), duration, await costs, [.. times.SelectMany(one => one)]);

        List<TimeSpan> Send()
        {
            var counted = new List<TimeSpan>();
            using var connection = new Connection(request.Address);
            while (clock.Elapsed < warmUp + duration)
            {
                var bytes = request.With(makeBody(Interlocked.Increment(ref _sent)));
                var sent = clock.Elapsed;
                var status = connection.Send(bytes);
                if (status != expectedStatus)
                {
                    throw new InvalidOperationException($"A request was answered with {status} instead of {expectedStatus}.");
                }

                var answered = clock.Elapsed;
                if (answered > warmUp && answered < warmUp + duration)
                {
                    counted.Add(answered - sent);
                }
            }

            return counted;
        }
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
