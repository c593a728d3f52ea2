using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EnergyLoad.Faults.Tests.Floods;

/// <summary>Requests as fast as they are answered, from strangers.</summary>
internal sealed class Flood(string name, Func<HttpClient, int, Task<HttpResponseMessage>> sendAsync)
{
    private const int Connections = 24;
    private static readonly IPAddress Elsewhere = new([127, 0, 0, 2]);

    /// <summary>Nobody floods: what legitimate users see then.</summary>
    public static Flood None { get; } = new("nothing", (_, _) => throw new InvalidOperationException("Nothing is sent."));

    public string Name => name;

    /// <summary>How often each status was answered; 0 for none.</summary>
    public ConcurrentDictionary<int, int> Statuses { get; } = [];

    public Task RunAsync(CancellationToken cancellationToken) => this == None ? Task.CompletedTask : Task.WhenAll(
        Enumerable.Range(0, Connections).Select(
            connection => Task.Run(() => RunAsync(connection, cancellationToken), CancellationToken.None)));

    private async Task RunAsync(int connection, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new SocketsHttpHandler { ConnectCallback = ConnectAsync });
        for (var n = connection; !cancellationToken.IsCancellationRequested; n += Connections)
        {
            Statuses.AddOrUpdate(await SendAsync(http, n), 1, (_, count) => count + 1);
        }
    }

    // Strangers come from another address than the users beside them.
    private static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellationToken)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            socket.Bind(new IPEndPoint(Elsewhere, 0));
            await socket.ConnectAsync(context.DnsEndPoint, cancellationToken);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private async Task<int> SendAsync(HttpClient http, int number)
    {
        try
        {
            using var answer = await sendAsync(http, number);
            return (int)answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return 0;
        }
    }
}
