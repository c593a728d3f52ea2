using System.Buffers.Binary;
using System.Numerics;

namespace EnergyLoad.Local.Google.Checksums;

/// <summary>CRC-32C (Castagnoli, RFC 3720 appendix B.4), the checksum of Google Cloud's APIs.</summary>
internal sealed class Crc32C
{
    private uint _register = uint.MaxValue;

    /// <summary>As Secret Manager and KMS write it: the number.</summary>
    public uint Value => ~_register;

    /// <summary>As Cloud Storage writes it: base64 of the four bytes, the highest first.</summary>
    public string Text
    {
        get
        {
            var bytes = new byte[sizeof(uint)];
            BinaryPrimitives.WriteUInt32BigEndian(bytes, Value);
            return Convert.ToBase64String(bytes);
        }
    }

    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        var checksum = new Crc32C();
        checksum.Append(bytes);
        return checksum.Value;
    }

    /// <summary>Whether a checksum that came with the bytes fits; none sent is none to check.</summary>
    public static bool Fits(ReadOnlySpan<byte> bytes, long? sent) => sent is null || sent == Of(bytes);

    public void Append(ReadOnlySpan<byte> bytes)
    {
        var words = bytes.Length / sizeof(ulong) * sizeof(ulong);
        for (var at = 0; at < words; at += sizeof(ulong))
        {
            _register = BitOperations.Crc32C(_register, BinaryPrimitives.ReadUInt64LittleEndian(bytes[at..]));
        }

        foreach (var rest in bytes[words..])
        {
            _register = BitOperations.Crc32C(_register, rest);
        }
    }
}
