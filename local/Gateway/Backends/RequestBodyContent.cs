using System.Net;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>One attempt's view of the body.</summary>
internal sealed class RequestBodyContent(RequestBody body) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        body.CopyToAsync(stream, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        body.CopyToAsync(stream, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = body.DeclaredLength ?? 0;
        return body.DeclaredLength is not null;
    }
}
