using System.Net;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>A chunked body in two parts with a wait between them.</summary>
internal sealed class SlowContent(Task between) : HttpContent
{
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync("first"u8.ToArray());
        await stream.FlushAsync();
        await between;
        await stream.WriteAsync(",second"u8.ToArray());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
