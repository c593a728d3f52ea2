using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>
/// The ids of events, made from the outbox row and the place of the reading: an event that is told again has the same id.
/// </summary>
internal static class EventIds
{
    /// <summary>A UUID of version 8 (RFC 9562, section 5.8).</summary>
    /// <param name="row">The outbox row's id.</param>
    /// <param name="reading">The reading's place in its message.</param>
    public static Guid Of(ReadOnlySpan<byte> row, int reading)
    {
        Span<byte> input = stackalloc byte[16 + sizeof(int)];
        row.CopyTo(input);
        BinaryPrimitives.WriteInt32BigEndian(input[16..], reading);
        Span<byte> id = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(input, id);
        id[6] = (byte)((id[6] & 0x0F) | 0x80);
        id[8] = (byte)((id[8] & 0x3F) | 0x80);
        return new Guid(id[..16], bigEndian: true);
    }
}
