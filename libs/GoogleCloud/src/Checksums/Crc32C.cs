using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;

namespace EnergyLoad.GoogleCloud.Checksums;

/// <summary>CRC32C (Castagnoli, RFC 3720 appendix B.4), in the two forms in which Google writes it.</summary>
internal static class Crc32C
{
    /// <summary>What <see cref="Append"/> starts with.</summary>
    public const uint Start = uint.MaxValue;

    public static uint Of(ReadOnlySpan<byte> bytes) => Finish(Append(Start, bytes));

    public static uint Append(uint state, ReadOnlySpan<byte> bytes)
    {
        foreach (var word in MemoryMarshal.Cast<byte, ulong>(bytes))
        {
            state = BitOperations.Crc32C(state, BitConverter.IsLittleEndian ? word : BinaryPrimitives.ReverseEndianness(word));
        }

        foreach (var rest in bytes[(bytes.Length & ~7)..])
        {
            state = BitOperations.Crc32C(state, rest);
        }

        return state;
    }

    public static uint Finish(uint state) => ~state;

    /// <summary>As Cloud Storage writes it: base64 of the big-endian bytes.</summary>
    public static string ToBase64(uint checksum)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        BinaryPrimitives.WriteUInt32BigEndian(bytes, checksum);
        return Convert.ToBase64String(bytes);
    }
}
