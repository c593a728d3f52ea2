using EnergyLoad.GoogleCloud.Rest;

namespace EnergyLoad.GoogleCloud.Checksums;

/// <summary>Passes a body on and, at its end, throws if its checksum is not the one that was promised.</summary>
internal sealed class VerifiedStream(Stream inner, string expected, string resource) : Stream
{
    private uint _state = Crc32C.Start;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        var read = await inner.ReadAsync(buffer, cancellationToken);
        return Seen(buffer.Span, read);
    }

    public override Task<int> ReadAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
        ReadAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

    public override int Read(Span<byte> buffer) => Seen(buffer, inner.Read(buffer));

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }

    private int Seen(Span<byte> buffer, int read)
    {
        _state = Crc32C.Append(_state, buffer[..read]);
        if (read == 0 && buffer.Length > 0 && Crc32C.ToBase64(Crc32C.Finish(_state)) != expected)
        {
            throw Silence.Damaged(resource, "The content");
        }

        return read;
    }
}
