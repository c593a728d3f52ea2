using System.Net;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>A chunked body in two parts with a wait between them.</summary>
internal sealed class SlowContent(Func<Task> wait) : HttpContent
{
    public SlowContent(Task between)
        : this(() => between)
    {
    }

    public SlowContent(TimeSpan between)
        : this(() => Task.Delay(between))
    {
    }

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        await stream.WriteAsync("first"u8.ToArray());
        await stream.FlushAsync();
        await wait();
        await stream.WriteAsync(",second"u8.ToArray());
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
