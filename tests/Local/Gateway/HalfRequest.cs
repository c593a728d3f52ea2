using System.Net.Sockets;
using System.Text;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>A login of which only half the body has left the client.</summary>
internal sealed class HalfRequest : IAsyncDisposable
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);
    private readonly NetworkStream _stream;

    private HalfRequest(NetworkStream stream) => _stream = stream;

    public static async Task<HalfRequest> SendAsync(Uri gateway)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        await socket.ConnectAsync(gateway.Host, gateway.Port);
        var half = new HalfRequest(new NetworkStream(socket, ownsSocket: true));
        await half.WriteAsync(
            $"POST /login HTTP/1.1\r\nHost: gateway\r\nx-api-key: {GatewayWorld.ApiKey}\r\nContent-Length: 9\r\nConnection: close\r\n\r\nhalf");
        return half;
    }

    public async Task<string> FinishAsync()
    {
        await WriteAsync("+rest");
        return await ReadAsync();
    }

    public async Task<string> ReadAsync()
    {
        using var reader = new StreamReader(_stream, Encoding.ASCII, leaveOpen: true);
        return await reader.ReadToEndAsync().WaitAsync(Limit);
    }

    public ValueTask DisposeAsync() => _stream.DisposeAsync();

    private Task WriteAsync(string text) => _stream.WriteAsync(Encoding.ASCII.GetBytes(text)).AsTask();
}
