using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EnergyLoad.SendApi.ESight;

/// <summary>
/// The sender's bytes with <c>_SENDID</c> spliced in before the quote that closes messageId; every other byte as it came.
/// </summary>
internal sealed class SplicedContent : HttpContent
{
    private readonly ReadOnlyMemory<byte> _body;
    private readonly int _at;
    private readonly byte[] _splice;

    public SplicedContent(ReadOnlyMemory<byte> body, int at, string sendId)
    {
        (_body, _at, _splice) = (body, at, Encoding.ASCII.GetBytes($"_{sendId}"));
        Headers.ContentType = new MediaTypeHeaderValue("application/json");
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.WriteAsync(_body[.._at], cancellationToken);
        await stream.WriteAsync(_splice, cancellationToken);
        await stream.WriteAsync(_body[_at..], cancellationToken);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _body.Length + _splice.Length;
        return true;
    }
}
