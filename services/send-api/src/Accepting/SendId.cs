using System.Buffers.Binary;
using System.Security.Cryptography;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>The UUIDv7 that names one accepted message; ids of one process grow in the order of acceptance.</summary>
internal readonly record struct SendId(Guid Value)
{
    private const int IdBytes = 16;

    public static SendId FromBytes(byte[] bytes) => new(new Guid(bytes, bigEndian: true));

    public static bool TryParse(string? text, out SendId id)
    {
        var parsed = Guid.TryParseExact(text, "D", out var value);
        id = new SendId(value);
        return parsed;
    }

    public byte[] ToBytes() => Value.ToByteArray(bigEndian: true);

    public override string ToString() => Value.ToString("D");

    /// <summary>The smallest id of an instant: the lower edge of a range scan.</summary>
    public static SendId FloorOf(DateTimeOffset instant) => Make(instant.ToUnixTimeMilliseconds(), 0, new byte[IdBytes]);

    /// <summary>Ids for a batch, strictly growing: RFC 9562 method 1, with rand_a as a counter within the millisecond.</summary>
    public static SendId[] Batch(DateTimeOffset now, int count)
    {
        var random = RandomNumberGenerator.GetBytes(IdBytes * count);
        var ids = new SendId[count];
        for (var i = 0; i < count; i++)
        {
            var (milliseconds, counter) = Sequence.Next(now.ToUnixTimeMilliseconds());
            ids[i] = Make(milliseconds, counter, random.AsSpan(IdBytes * i, IdBytes));
        }

        return ids;
    }

    private static SendId Make(long milliseconds, int counter, ReadOnlySpan<byte> random)
    {
        Span<byte> bytes = stackalloc byte[IdBytes];
        random.CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes, (milliseconds << 16) | 0x7000 | (long)counter);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new SendId(new Guid(bytes, bigEndian: true));
    }

    private static class Sequence
    {
        private const int CounterLimit = 0x1000;
        private static readonly Lock Gate = new();
        private static long _milliseconds;
        private static int _counter;

        public static (long Milliseconds, int Counter) Next(long now)
        {
            lock (Gate)
            {
                if (now > _milliseconds)
                {
                    (_milliseconds, _counter) = (now, 0);
                }
                else if (++_counter == CounterLimit)
                {
                    // The counter borrows from the next millisecond, so that order holds even when the clock steps back.
                    (_milliseconds, _counter) = (_milliseconds + 1, 0);
                }

                return (_milliseconds, _counter);
            }
        }
    }
}
