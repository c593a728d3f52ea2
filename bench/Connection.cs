using System.Buffers.Text;
using System.Globalization;
using System.Net.Sockets;

namespace EnergyLoad.Bench;

/// <summary>One connection that is kept, and reads no more of an answer than its status and where it ends.</summary>
internal sealed class Connection : IDisposable
{
    private readonly Socket _socket = new(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, ReceiveTimeout = 60_000 };
    private byte[] _answer = new byte[16 * 1024];

    private static ReadOnlySpan<byte> ContentLength => "\r\nContent-Length: "u8;

    public Connection(Uri address) => _socket.Connect(address.Host, address.Port);

    /// <summary>The status of the answer, when all of it is there.</summary>
    public int Send(ReadOnlySpan<byte> request)
    {
        while (!request.IsEmpty)
        {
            request = request[_socket.Send(request)..];
        }

        var length = 0;
        do
        {
            if (length == _answer.Length)
            {
                Array.Resize(ref _answer, 2 * length);
            }

            var received = _socket.Receive(_answer.AsSpan(length));
            length += received > 0 ? received : throw new IOException("The service closed the connection in the middle of an answer.");
        }
        while (!IsWhole(_answer.AsSpan(0, length)));
        return int.Parse(_answer.AsSpan("HTTP/1.1 ".Length, 3), CultureInfo.InvariantCulture);
    }

    public void Dispose() => _socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0)
        {
            return false;
        }

        var body = answer[(end + 4)..];
        var at = answer[..end].IndexOf(ContentLength);
        return at < 0
            ? body.EndsWith("0\r\n\r\n"u8)
            : Utf8Parser.TryParse(answer[(at + ContentLength.Length)..], out int length, out _) && body.Length == length;
    }
}
