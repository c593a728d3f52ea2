using System.Collections.Concurrent;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Dispatch;

/// <summary>Makes Google's calls of our services. For a host that stands for a Cloud Run service it is the load balancer too.</summary>
internal sealed class Caller(HttpClient http, GoogleSettings settings)
{
    private readonly ConcurrentDictionary<string, uint> _turns = new(StringComparer.OrdinalIgnoreCase);

    public async Task<CallOutcome> CallAsync(OutgoingCall call, CancellationToken cancellationToken)
    {
        var outcome = new CallOutcome(0, Reason: "no instance");
        foreach (var address in AddressesOf(call.Url))
        {
            (outcome, var refused) = await CallAsync(call, address, cancellationToken);
            if (!refused)
            {
                break;
            }
        }

        return outcome;
    }

    private async Task<(CallOutcome Outcome, bool Refused)> CallAsync(OutgoingCall call, Uri address, CancellationToken cancellationToken)
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(call.Deadline);
        try
        {
            using var request = call.ToRequest(address);
            using var response = await http.SendAsync(request, deadline.Token);
            return (new CallOutcome((int)response.StatusCode, response.Headers.RetryAfter?.Delta), false);
        }
        catch (HttpRequestException exception)
        {
            return (new CallOutcome(0, Reason: exception.HttpRequestError.ToString()), exception.HttpRequestError == HttpRequestError.ConnectionError);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return (new CallOutcome(0, Reason: "deadline exceeded"), false);
        }
    }

    /// <summary>The instances in turn, beginning with the next: one that refuses the connection is passed over.</summary>
    private IEnumerable<Uri> AddressesOf(Uri url)
    {
        if (!settings.Hosts.TryGetValue(url.Host, out var instances))
        {
            return [url];
        }

        var first = _turns.AddOrUpdate(url.Host, 0, (_, turn) => turn + 1);
        return Enumerable.Range(0, instances.Count).Select(
            step => new Uri(instances[(int)((first + step) % instances.Count)], url.PathAndQuery));
    }
}
