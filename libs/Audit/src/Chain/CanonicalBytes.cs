using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace EnergyLoad.Audit.Chain;

/// <summary>
/// Writes values so that no two different lists of values give the same bytes: each carries its length, and null is not empty.
/// </summary>
internal sealed class CanonicalBytes
{
    private const int NullLength = -1;
    private readonly ArrayBufferWriter<byte> _bytes = new(512);

    /// <param name="purpose">What the bytes are sealed for: a seal of one purpose is worth nothing for another.</param>
    public CanonicalBytes(string purpose) => Add(purpose);

    public ReadOnlySpan<byte> Written => _bytes.WrittenSpan;

    public CanonicalBytes Add(long value)
    {
        BinaryPrimitives.WriteInt64BigEndian(_bytes.GetSpan(sizeof(long)), value);
        _bytes.Advance(sizeof(long));
        return this;
    }

    public CanonicalBytes Add(string? value) => Add(value is null ? null : Encoding.UTF8.GetBytes(value));

    public CanonicalBytes Add(byte[]? value)
    {
        BinaryPrimitives.WriteInt32BigEndian(_bytes.GetSpan(sizeof(int)), value?.Length ?? NullLength);
        _bytes.Advance(sizeof(int));
        _bytes.Write(value);
        return this;
    }
}
