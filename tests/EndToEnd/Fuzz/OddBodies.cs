using System.IO.Compression;
using System.Text;
using EnergyLoad.EndToEnd.Tests.Contract;

namespace EnergyLoad.EndToEnd.Tests.Fuzz;

/// <summary>Bodies, from valid to hopeless.</summary>
internal static class OddBodies
{
    private static readonly string[] Numbers =
    [
        "1e400", "-1e400", "1E+309", "-0", "00012", "NaN", "Infinity", "0x10", "1.", ".5", "1e-400", new('9', 400), "1e99999999999999999999",
    ];

    private static readonly string[] Texts =
    [
        @"\ud800", @"\udc00\ud800", @"\u0000", "\u0001", "\U0001F50C", "\u202Eright to left", "'; DROP TABLE messages; --",
        "${jndi:ldap://x}", "../../../etc/passwd", "<script>", new('x', 100_000), "e\u0301", "\uFEFF", "%00", "NULL", "\u2028",
    ];

    private static readonly byte[][] Bytes = [[0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0x00], [0xE2, 0x82]];

    /// <summary>A body for an operation that takes one.</summary>
    public static byte[] Next(Random random, PublicOperation operation)
    {
        var valid = ValidBodies.Of(operation.Id);
        return random.Next(16) switch
        {
            0 or 1 => Utf8(valid),
            2 or 3 => Utf8(Mutant(random, operation, valid)),
            4 => Flipped(random, valid),
            5 => Utf8(valid)[..random.Next(valid.Length)],
            6 => Inserted(random, valid, Bytes[random.Next(Bytes.Length)]),
            7 => [0xEF, 0xBB, 0xBF, .. Utf8(valid)],
            8 => Utf8(valid + new[] { "}", "\0", "{}", ",", " \n\t ", "//" }[random.Next(6)]),
            9 => Utf8(Nested(random)),
            10 => Utf8(Replaced(random, valid, ": *-?[0-9.]+", $":{Numbers[random.Next(Numbers.Length)]}")),
            11 => Utf8(Replaced(random, valid, ":\"[^\"]*\"", $":\"{Texts[random.Next(Texts.Length)]}\"")),
            12 => Utf8(Replaced(random, valid, "\"[a-zA-Z_0-9]+\":", "\"" + Texts[random.Next(Texts.Length)] + "\":")),
            13 => Utf8(valid.Replace("{", "{\"twice\":1,\"twice\":2,", StringComparison.Ordinal)),
            14 => random.Next(2) == 0 ? Encoding.Unicode.GetBytes(valid) : Encoding.Latin1.GetBytes(valid.Replace('e', '\u00e9')),
            _ => random.Next(40) == 0 ? Utf8(new string(' ', 9 * 1024 * 1024)) : Noise(random),
        };
    }

    /// <summary>The body as its Content-Encoding says, or not.</summary>
    public static byte[] Compressed(Random random, byte[] body)
    {
        using var target = new MemoryStream();
        using (var gzip = new GZipStream(target, CompressionLevel.Fastest))
        {
            gzip.Write(body);
        }

        var bytes = target.ToArray();
        return random.Next(3) == 0 ? bytes[..(bytes.Length / 2)] : bytes;
    }

    private static byte[] Utf8(string text) => Encoding.UTF8.GetBytes(text);

    private static string Mutant(Random random, PublicOperation operation, string valid)
    {
        var mutants = Mutants.Of(valid, operation.Body!.Schema).ToArray();
        return mutants[random.Next(mutants.Length)].Body;
    }

    private static byte[] Flipped(Random random, string valid)
    {
        var bytes = Utf8(valid);
        for (var i = random.Next(1, 4); i > 0; i--)
        {
            bytes[random.Next(bytes.Length)] ^= (byte)(1 << random.Next(8));
        }

        return bytes;
    }

    private static byte[] Inserted(Random random, string valid, byte[] bytes)
    {
        var at = random.Next(valid.Length);
        return [.. Utf8(valid[..at]), .. bytes, .. Utf8(valid[at..])];
    }

    private static string Replaced(Random random, string valid, string pattern, string by)
    {
        var places = System.Text.RegularExpressions.Regex.Matches(valid, pattern);
        if (places.Count == 0)
        {
            return valid;
        }

        var place = places[random.Next(places.Count)];
        return valid[..place.Index] + by + valid[(place.Index + place.Length)..];
    }

    private static string Nested(Random random)
    {
        var depth = new[] { 7, 9, 31, 33, 1_000, 100_000 }[random.Next(6)];
        return random.Next(2) == 0
            ? new string('[', depth) + new string(']', random.Next(2) * depth)
            : string.Concat(Enumerable.Repeat("{\"a\":", depth)) + "1" + new string('}', depth);
    }

    private static byte[] Noise(Random random)
    {
        var bytes = new byte[random.Next(300)];
        random.NextBytes(bytes);
        return bytes;
    }
}
