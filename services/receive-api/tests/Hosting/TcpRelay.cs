using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

/// <summary>A wire that can be cut.</summary>
internal sealed class TcpRelay : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly ConcurrentBag<TcpClient> _ends = [];
    private volatile bool _isCut;

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public void Start(string host, int port)
    {
        _listener.Start();
        _ = RunAsync(host, port);
    }

    /// <summary>Breaks every connection, and every new one, until <see cref="Mend"/>.</summary>
    public void Cut()
    {
        _isCut = true;
        foreach (var end in _ends)
        {
            end.Dispose();
        }
    }

    public void Mend() => _isCut = false;

    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task RunAsync(string host, int port)
    {
        while (await TryAcceptAsync() is { } client)
        {
            _ends.Add(client);
            _ = RelayAsync(client, host, port);
        }
    }

    private async Task<TcpClient?> TryAcceptAsync()
    {
        try
        {
            return await _listener.AcceptTcpClientAsync();
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            return null;
        }
    }

    private async Task RelayAsync(TcpClient client, string host, int port)
    {
        using var near = client;
        using var far = new TcpClient();
        if (_isCut)
        {
            return;
        }

        await far.ConnectAsync(host, port);
        _ends.Add(far);
        await Task.WhenAll(CopyAsync(near, far), CopyAsync(far, near));
    }

    private static async Task CopyAsync(TcpClient from, TcpClient to)
    {
        try
        {
            await from.GetStream().CopyToAsync(to.GetStream());
            to.Client.Shutdown(SocketShutdown.Send);
        }
        catch (Exception exception) when (exception is IOException or SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // Cut, or closed by one of the two.
        }
    }
}
