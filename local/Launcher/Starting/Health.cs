using System.Net;
using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.Local.Launcher.Starting;

/// <summary>Waits until a service says that it may get requests.</summary>
internal sealed class Health(HttpClient http)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan PollInterval = TimeSpan.FromMilliseconds(50);

    public async Task AwaitReadyAsync(ChildProcess process, string address, string log, CancellationToken cancellationToken)
    {
        using var timeout = new CancellationTokenSource(Timeout);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        while (!await IsReadyAsync(address, stop.Token))
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (process.Exited.IsCompleted || timeout.IsCancellationRequested)
            {
                throw new InvalidOperationException($"{address} did not become ready; see {log}.");
            }

            await Task.Delay(PollInterval, cancellationToken);
        }
    }

    public async Task<bool> IsReadyAsync(string address, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"{address}/health/ready"), cancellationToken);
            return answer.StatusCode == HttpStatusCode.OK;
        }
        catch (Exception exception) when (exception is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }
}
