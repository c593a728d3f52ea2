using System.Net;
using System.Net.Sockets;
using System.Text;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>Reads requests and cuts their connections, the first so many times; after that it answers with the body it got.</summary>
internal sealed class ResettingBackend : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly int _resets;
    private readonly Task _accepting;

    public ResettingBackend(int resets)
    {
        _resets = resets;
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public Uri Address => new($"http://{_listener.LocalEndpoint}");

    /// <summary>The bodies that came, whole or in part, in order.</summary>
    public List<string> Bodies { get; } = [];

    public async ValueTask DisposeAsync()
    {
        _listener.Dispose();
        await _accepting;
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync();
                await ServeAsync(client);
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Stopped.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        await using var stream = client.GetStream();
        var body = await ReadBodyAsync(stream);
        Bodies.Add(body);
        if (Bodies.Count <= _resets)
        {
            client.LingerState = new LingerOption(true, 0);
            return;
        }

        await stream.WriteAsync(
            Encoding.ASCII.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\nConnection: close\r\n\r\n{body}"));
    }

    private static async Task<string> ReadBodyAsync(NetworkStream stream)
    {
        var text = new StringBuilder();
        var buffer = new byte[64 * 1024];
        while (true)
        {
            var read = await stream.ReadAsync(buffer);
            text.Append(Encoding.ASCII.GetString(buffer, 0, read));
            var all = text.ToString();
            var end = all.IndexOf("\r\n\r\n", StringComparison.Ordinal) + 4;
            if (read == 0 || (end >= 4 && all.Length - end >= LengthIn(all[..end])))
            {
                return end < 4 ? "" : all[end..];
            }
        }
    }

    private static int LengthIn(string head) => head.Split("\r\n")
        .Where(line => line.StartsWith("Content-Length:", StringComparison.OrdinalIgnoreCase))
        .Select(line => int.Parse(line.Split(':')[1]))
        .FirstOrDefault();
}
