namespace EnergyLoad.Testing.Fuzzing;

/// <summary>Spoils valid bytes at random; the same seed spoils in the same way.</summary>
/// <param name="seed">The seed.</param>
/// <param name="dictionary">What the parser may trip over, put in at random places.</param>
public sealed class Mutator(int seed, IReadOnlyList<byte[]> dictionary)
{
    private const int MostChanges = 4;
    private readonly Random _random = new(seed);

    /// <summary>Spoils a copy of the bytes in one to four places.</summary>
    /// <param name="valid">What is spoiled.</param>
    public byte[] Mutate(ReadOnlySpan<byte> valid)
    {
        var bytes = valid.ToArray();
        for (var changes = _random.Next(1, MostChanges + 1); changes > 0; changes--)
        {
            bytes = ChangeOnce(bytes);
        }

        return bytes;
    }

    private byte[] ChangeOnce(byte[] bytes)
    {
        var (at, to) = Range(bytes.Length);
        return _random.Next(8) switch
        {
            0 => [.. bytes[..at], (byte)_random.Next(256), .. bytes[Math.Min(at + 1, bytes.Length)..]],
            1 => [.. bytes[..at], (byte)_random.Next(256), .. bytes[at..]],
            2 => [.. bytes[..at], .. bytes[to..]],
            3 => [.. bytes[..at], .. bytes[at..to], .. bytes[at..]],
            4 => bytes[..at],
            5 => [.. bytes[..at], .. Word(), .. bytes[at..]],
            6 => [.. bytes[..at], .. Word(), .. bytes[to..]],
            _ => Flip(bytes, at),
        };
    }

    // Most mistakes are small.
    private (int From, int To) Range(int length)
    {
        var from = _random.Next(length + 1);
        var to = from + _random.Next(_random.Next(3) == 0 ? length - from + 1 : Math.Min(8, length - from) + 1);
        return (from, to);
    }

    private byte[] Word() => dictionary[_random.Next(dictionary.Count)];

    private byte[] Flip(byte[] bytes, int at)
    {
        if (at < bytes.Length)
        {
            bytes[at] ^= (byte)(1 << _random.Next(8));
        }

        return bytes;
    }
}
