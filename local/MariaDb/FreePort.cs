using System.Net;
using System.Net.Sockets;

namespace EnergyLoad.Local.MariaDb;

/// <summary>Finds ports on 127.0.0.1 that nobody listens on.</summary>
public static class FreePort
{
    /// <summary>
    /// A port that was free a moment ago, below those that the kernel hands out by itself: asked before anybody listens, one of those may
    /// be given to the asking side too, which then talks to itself and keeps the port.
    /// </summary>
    public static int Find() => FindRange(1);

    /// <summary>
    /// The first of so many ports in a row that were all free a moment ago, below those that the kernel hands out by itself.
    /// </summary>
    /// <param name="count">How many ports.</param>
    public static int FindRange(int count)
    {
        const int lowest = 20_000;
        const int highest = 32_000;
        while (true)
        {
            var first = lowest + (Random.Shared.Next((highest - lowest) / count) * count);
            if (!Enumerable.Range(first, count).Any(IsTaken))
            {
                return first;
            }
        }
    }

    /// <summary>Whether somebody listens on a port.</summary>
    /// <param name="port">The port on 127.0.0.1.</param>
    public static bool IsTaken(int port)
    {
        try
        {
            using var listener = new TcpListener(IPAddress.Loopback, port);
            listener.Start();
            return false;
        }
        catch (SocketException)
        {
            return true;
        }
    }
}
