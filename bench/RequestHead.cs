using System.Globalization;
using System.Text;

namespace EnergyLoad.Bench;

/// <summary>A request but for its body, written once: what the load costs is taken from what it measures.</summary>
internal sealed class RequestHead
{
    private readonly byte[] _head;

    /// <summary>As an HTTP client would send it.</summary>
    /// <param name="sample">A request of this kind; its body is not sent, but says of what type bodies are.</param>
    public RequestHead(HttpRequestMessage sample)
    {
        Address = sample.RequestUri!;
        var head = new StringBuilder();
        head.Append(CultureInfo.InvariantCulture, $"{sample.Method} {Address.PathAndQuery} HTTP/1.1\r\nHost: {Address.Authority}\r\n");
        foreach (var (name, values) in sample.Headers)
        {
            head.Append(CultureInfo.InvariantCulture, $"{name}: {string.Join(", ", values)}\r\n");
        }

        if (sample.Content?.Headers.ContentType is { } type)
        {
            head.Append(CultureInfo.InvariantCulture, $"Content-Type: {type}\r\n");
        }

        head.Append("Content-Length: ");
        _head = Encoding.ASCII.GetBytes(head.ToString());
    }

    public Uri Address { get; }

    public byte[] With(byte[] body) => [.. _head, .. Encoding.ASCII.GetBytes($"{body.Length}\r\n\r\n"), .. body];
}
