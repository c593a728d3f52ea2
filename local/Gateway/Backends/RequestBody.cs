using System.Buffers;
using System.IO.Pipelines;

namespace EnergyLoad.Local.Gateway.Backends;

/// <summary>
/// The client's body on its way to the service. It streams, and what has passed is remembered so that a retry can send it again,
/// up to the megabyte that Envoy buffers; a larger body is never held and never retried once it has begun to flow.
/// </summary>
internal sealed class RequestBody(PipeReader reader, long? declaredLength, ExchangeTimer timer) : IDisposable
{
    public const int ReplayLimit = 1024 * 1024;

    /// <summary>The limit of Cloud Run's front for HTTP/1 requests.</summary>
    public const int SizeLimit = 32 * 1024 * 1024;

    private const int FirstBuffer = 16 * 1024;

    private byte[] _passed = [];
    private int _remembered;
    private long _received;
    private bool _forgotten = declaredLength > ReplayLimit;

    public long? DeclaredLength => declaredLength;

    /// <summary>Whether another attempt could still send the body from its beginning.</summary>
    public bool CanReplay => !_forgotten || _received == 0;

    /// <summary>Whether it was the client that failed: it went away, or sent more than it may.</summary>
    public bool ClientFailed { get; private set; }

    public bool TooLarge { get; private set; }

    public bool Complete { get; private set; }

    public async Task CopyToAsync(Stream upstream, CancellationToken cancellationToken)
    {
        if (_remembered > 0)
        {
            await upstream.WriteAsync(_passed.AsMemory(0, _remembered), cancellationToken);
        }

        while (!Complete)
        {
            var read = await ReadAsync(cancellationToken);
            Complete = read.IsCompleted;
            try
            {
                await PassOnAsync(read.Buffer, upstream, cancellationToken);
            }
            finally
            {
                reader.AdvanceTo(read.Buffer.End);
            }
        }

        timer.StartDeadline();
    }

    public void Dispose() => Hold([]);

    private async ValueTask<ReadResult> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            timer.RestartIdle();
            return await reader.ReadAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or BadHttpRequestException)
        {
            ClientFailed = true;
            throw;
        }
    }

    private async Task PassOnAsync(ReadOnlySequence<byte> buffer, Stream upstream, CancellationToken cancellationToken)
    {
        Remember(buffer);
        if (_received > SizeLimit)
        {
            (ClientFailed, TooLarge) = (true, true);
            throw new IOException("The body is larger than the front takes.");
        }

        foreach (var segment in buffer)
        {
            await upstream.WriteAsync(segment, cancellationToken);
        }

        if (!Complete && _received != declaredLength)
        {
            await upstream.FlushAsync(cancellationToken);
        }
    }

    private void Remember(ReadOnlySequence<byte> buffer)
    {
        _received += buffer.Length;
        if (_forgotten || buffer.IsEmpty)
        {
            return;
        }

        if (_received > ReplayLimit)
        {
            _forgotten = true;
            return;
        }

        Grow((int)_received);
        buffer.CopyTo(_passed.AsSpan(_remembered));
        _remembered = (int)_received;
    }

    private void Grow(int size)
    {
        if (size <= _passed.Length)
        {
            return;
        }

        var first = (int)(declaredLength ?? FirstBuffer);
        var larger = ArrayPool<byte>.Shared.Rent(Math.Max(size, _passed.Length == 0 ? first : _passed.Length * 2));
        _passed.AsSpan(0, _remembered).CopyTo(larger);
        Hold(larger);
    }

    private void Hold(byte[] buffer)
    {
        if (_passed.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_passed);
        }

        _passed = buffer;
    }
}
