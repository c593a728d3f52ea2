using System.Net;
using System.Net.Http.Headers;
using System.Text;

namespace EnergyLoad.GoogleCloud.Storage;

/// <summary>The body of a multipart upload: metadata, then content (cloud.google.com/storage/docs/uploading-objects).</summary>
internal sealed class Upload : HttpContent
{
    private readonly ReadOnlyMemory<byte>[] _parts;

    public Upload(ReadOnlyMemory<byte> metadata, ReadOnlyMemory<byte> content, string contentType)
    {
        var boundary = Guid.NewGuid().ToString("N");
        Headers.ContentType = MediaTypeHeaderValue.Parse($"multipart/related; boundary={boundary}");
        _parts =
        [
            Text($"--{boundary}\r\nContent-Type: application/json; charset=utf-8\r\n\r\n"), metadata,
            Text($"\r\n--{boundary}\r\nContent-Type: {MediaTypeHeaderValue.Parse(contentType)}\r\n\r\n"), content,
            Text($"\r\n--{boundary}--\r\n"),
        ];
    }

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        foreach (var part in _parts)
        {
            await stream.WriteAsync(part, cancellationToken);
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = _parts.Sum(static part => (long)part.Length);
        return true;
    }

    private static byte[] Text(string text) => Encoding.ASCII.GetBytes(text);
}
