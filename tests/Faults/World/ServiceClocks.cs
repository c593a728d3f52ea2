using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.World;

/// <summary>The clocks of the services' processes, as they can be set wrong.</summary>
internal sealed class ServiceClocks(HttpClient http, OwnClocks clocks)
{
    // Kestrel renews its date once a second, and the process its offset.
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(2.5);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The processes that have one.</summary>
    public IReadOnlyList<Uri> Services => [.. clocks.Description.SendApi, .. clocks.Description.ReceiveApi];

    /// <summary>Sets one, and waits until the process tells that time.</summary>
    public async Task SetAsync(Uri service, TimeSpan offset)
    {
        clocks.Set(service, offset);
        await Eventually.GetAsync(
            () => ReadAsync(service), seen => (seen - offset).Duration() < Margin, Patience);
    }

    public Task SetAllRightAsync() => Task.WhenAll(Services.Select(service => SetAsync(service, TimeSpan.Zero)));

    private Task<TimeSpan> ReadAsync(Uri service) => Insist.OnAsync(async () =>
    {
        using var answer = await http.GetAsync(new Uri(service, "/health/live"));
        return answer.Headers.Date!.Value - DateTimeOffset.UtcNow;
    });
}
