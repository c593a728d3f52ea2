using System.Net.Sockets;
using System.Text;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>Sends bytes that no HTTP client would, and reads the answer to the connection's end.</summary>
internal static class RawRequest
{
    public static async Task<string> SendAsync(Uri gateway, params string[] lines)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(gateway.Host, gateway.Port);
        await using var stream = client.GetStream();
        var head = string.Join("\r\n", [lines[0], "Host: send-gateway.example", "Connection: close", .. lines[1..], "", ""]);
        await stream.WriteAsync(Encoding.Latin1.GetBytes(head));
        using var reader = new StreamReader(stream, Encoding.Latin1);
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await reader.ReadToEndAsync(limit.Token);
    }
}
