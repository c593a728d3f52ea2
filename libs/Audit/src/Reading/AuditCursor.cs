using System.Buffers.Binary;
using System.Buffers.Text;

namespace EnergyLoad.Audit.Reading;

/// <summary>The last row of a page, as its reader hands it back for the next.</summary>
internal readonly record struct AuditCursor(long At, int Lane, long Seq)
{
    private const int Bytes = sizeof(long) + sizeof(byte) + sizeof(long);

    public static AuditCursor? Read(string text)
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        if (!Base64Url.IsValid(text, out var length) || length != Bytes || !Base64Url.TryDecodeFromChars(text, bytes, out _))
        {
            return null;
        }

        return new(
            BinaryPrimitives.ReadInt64BigEndian(bytes),
            bytes[sizeof(long)],
            BinaryPrimitives.ReadInt64BigEndian(bytes[(sizeof(long) + sizeof(byte))..]));
    }

    public override string ToString()
    {
        Span<byte> bytes = stackalloc byte[Bytes];
        BinaryPrimitives.WriteInt64BigEndian(bytes, At);
        bytes[sizeof(long)] = (byte)Lane;
        BinaryPrimitives.WriteInt64BigEndian(bytes[(sizeof(long) + sizeof(byte))..], Seq);
        return Base64Url.EncodeToString(bytes);
    }
}
