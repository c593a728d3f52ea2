using System.Diagnostics;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Rotation;

/// <summary>
/// A restart of both gateways: they read the keys that tokens are signed with at their start, and then every five minutes.
/// </summary>
internal static class GatewayRestart
{
    public static async Task RunAsync(RunningStack stack)
    {
        var pids = stack.Description.Pids;
        foreach (var pid in new[] { pids.SendGateway, pids.ReceiveGateway })
        {
            using var gateway = Process.GetProcessById(pid);
            gateway.Kill();
        }

        await Eventually.GetAsync(
            () => Task.FromResult(stack.ReadDescription().Pids),
            now => now.SendGateway != pids.SendGateway && now.ReceiveGateway != pids.ReceiveGateway);
        using var http = new HttpClient { DefaultRequestHeaders = { { "x-api-key", stack.Description.ApiKeys["internal"] } } };
        foreach (var gateway in new[] { stack.Description.SendGateway, stack.Description.ReceiveGateway })
        {
            await Eventually.GetAsync(() => IsUpAsync(http, new Uri(gateway, "/health")), up => up);
        }
    }

    private static async Task<bool> IsUpAsync(HttpClient http, Uri address)
    {
        try
        {
            using var answer = await http.GetAsync(address);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }
}
