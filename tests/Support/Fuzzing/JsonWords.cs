using System.Text;

namespace EnergyLoad.Testing.Fuzzing;

/// <summary>What parsers of JSON trip over.</summary>
public static class JsonWords
{
    /// <summary>Words to put in anywhere.</summary>
    public static IReadOnlyList<byte[]> All { get; } =
    [
        .. new[]
        {
            "{", "}", "[", "]", "\"", ":", ",", "\\", "\\\"", "null", "true", "{}", "[]", "\"\"", "NaN", "Infinity", "-", "-0", "0", "00", "1e400", "1E-400",
            "1e", ".5", "e-2147483648", "1e2147483648", "123456789012345678901234567890", "\\ud83d", "\\ude00", "\\ud83d\\ude00", "\\u0000", "\\u0022", "\\u005c", "é", "😀", " ", "\t", "\r\n", "\n",
            "//", "/**/", "\"x\":1,", ",\"x\":{}", "\"messageId\":\"x\",", "\"_id\":\"x\",", "\"header\":{},", "\"errors\":[],", "'", "\u2028",
            new string('[', 40), new string('9', 400), new string('x', 300),
        }.Select(Encoding.UTF8.GetBytes),
        [0], [0xEF, 0xBB, 0xBF], [0xFF], [0xC0, 0x80], [0xED, 0xA0, 0x80], [0xF4, 0x90, 0x80, 0x80],
    ];
}
