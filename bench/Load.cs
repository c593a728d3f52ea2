using System.Diagnostics;

namespace EnergyLoad.Bench;

/// <summary>Sends requests over so many connections for so long, and counts what was answered as it should be.</summary>
internal sealed class Load(int connections, TimeSpan warmUp, TimeSpan duration)
{
    /// <summary>Requests answered with the expected status, per second, after the warm-up.</summary>
    public async Task<double> RunAsync(Func<int, HttpRequestMessage> makeRequest, int expectedStatus)
    {
        using var http = new HttpMessageInvoker(new SocketsHttpHandler { MaxConnectionsPerServer = connections, UseCookies = false, UseProxy = false });
        var counted = 0;
        var wrong = 0;
        var next = 0;
        var clock = Stopwatch.StartNew();
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
        return wrong == 0 ? counted / duration.TotalSeconds : throw new InvalidOperationException($"{wrong} of {next} requests were not answered with {expectedStatus}.");
    }
}
