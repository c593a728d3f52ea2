using System.IO.Compression;
using System.Text;

namespace EnergyLoad.SendApi.Tests.Accepting;

/// <summary>The requests that docs/odd-inputs.md names, by the words that it has for them.</summary>
internal static class OddInputs
{
    private const int Limit = 8 * 1024 * 1024;

    public static Dictionary<string, OddInput> All { get; } =
        Bodies().Concat(Members()).Concat(Readings()).ToDictionary(row => row.Name, row => row.Input);

    private static string Message() => Sample.Message($"electricity_lu_{Guid.NewGuid():n}");

    private static string Changed(string from, string to) => Message().Replace(from, to, StringComparison.Ordinal);

    private static string WithId(string messageId) => Sample.Message(messageId);

    private static string Nested(int levels) =>
        Changed("{\"messageType\"", $"{{\"a\":{new string('[', levels - 1)}{new string(']', levels - 1)},\"messageType\"");

    private static OddInput Text(string body, string mediaType = "application/json") =>
        new(Encoding.UTF8.GetBytes(body)) { MediaType = mediaType };

    private static OddInput Zipped(string body) => new(Zip(Encoding.UTF8.GetBytes(body))) { Encoding = "gzip" };

    private static byte[] Zip(byte[] body)
    {
        using var bytes = new MemoryStream();
        using (var zip = new GZipStream(bytes, CompressionLevel.Fastest))
        {
            zip.Write(body);
        }

        return bytes.ToArray();
    }

    private static IEnumerable<(string Name, OddInput Input)> Bodies() =>
    [
        ("empty", Text("")),
        ("white space alone", Text(" \r\n\t")),
        ("a byte order mark before the message", Text($"\uFEFF{Message()}")),
        ("UTF-16", new(Encoding.Unicode.GetBytes(Message()))),
        ("a byte that is not UTF-8", new(Encoding.Latin1.GetBytes(Changed("kwh", "\u00e9")))),
        ("a word after the message", Text($"{Message()} x")),
        ("two messages side by side", Text(Message() + Message())),
        ("white space around the message", Text($"\r\n {Message()}\t\n")),
        ("a comma after the last member", Text(Changed("}]}}", "}]},}"))),
        ("a comment", Text($"// x\n{Message()}")),
        ("a single quote for a double one", Text(Changed("\"kwh\"", "'kwh'"))),
        ("100,000 opening brackets", Text(new string('[', 100_000))),
        ("33 levels of nesting", Text(Nested(33))),
        ("32 levels of nesting", Text(Nested(32))),
        ("a number", Text("7")),
        ("null", Text("null")),
        ("a text", Text("\"x\"")),
        ("an empty array", Text("[]")),
        ("1,001 items", Text($"[{string.Join(',', Enumerable.Repeat("{}", 1_001))}]")),
        ("NDJSON without a line", Text("\n\n", "application/x-ndjson")),
        ("NDJSON of lines that are no messages", Text("x\n[]\n{", "application/x-ndjson")),
        ("more than 8 MiB", Text(Message() + new string(' ', Limit))),
        ("gzip that inflates to more than 8 MiB", Zipped(Message() + new string(' ', Limit))),
        ("gzip", Zipped(Message())),
        ("gzip cut short", new(Zip(Encoding.UTF8.GetBytes(Message()))[..40]) { Encoding = "gzip" }),
        ("plain text said to be gzip", Text(Message()) with { Encoding = "gzip" }),
        ("an encoding that is not known", Text(Message()) with { Encoding = "zstd" }),
        ("gzip twice", new(Zip(Zip(Encoding.UTF8.GetBytes(Message())))) { Encoding = "gzip, gzip" }),
        ("text/plain", Text(Message(), "text/plain")),
        ("application/json of another charset", new(Encoding.Unicode.GetBytes(Message())) { MediaType = "application/json; charset=utf-16" }),
        ("validateOnly that is neither true nor false", Text(Message()) with { Query = "?validateOnly=perhaps" }),
    ];

    private static IEnumerable<(string Name, OddInput Input)> Members() =>
    [
        ("a member twice in the message", Text(Changed("{\"messageType\"", "{\"messageType\":\"x\",\"messageType\""))),
        ("a member twice in the header", Text(Changed("\"gatewayUrn\"", "\"x\":1,\"x\":1,\"gatewayUrn\""))),
        ("a member twice in a reading", Text(Changed("\"value\":12.5", "\"value\":12.5,\"value\":12.5"))),
        ("a member twice, once with an escape in its name", Text(Changed("\"value\":12.5", "\"value\":12.5,\"v\\u0061lue\":12.5"))),
        ("a member twice deep in a part that nobody reads", Text(Changed("{\"messageType\"", "{\"a\":[{\"b\":{\"c\":1,\"c\":1}}],\"messageType\""))),
        ("half a surrogate pair in a text", Text(Changed("gatewayDataUpdate", "\\ud83d"))),
        ("half a surrogate pair in a name", Text(Changed("{\"messageType\"", "{\"\\udc00\":1,\"messageType\""))),
        ("a whole surrogate pair", Text(Changed("gatewayDataUpdate", "\\ud83d\\ude00"))),
        ("a line feed in a text", Text(Changed("gatewayDataUpdate", "gateway\nDataUpdate"))),
        ("an escaped zero in a messageId", Text(WithId($"electricity_lu_\\u0000{Guid.NewGuid():n}"))),
        ("a name such as __proto__", Text(Changed("{\"messageType\"", "{\"__proto__\":{\"constructor\":1},\"messageType\""))),
        ("a text of 1 MiB that nobody reads", Text(Changed("{\"messageType\"", $"{{\"a\":\"{new string('x', 1024 * 1024)}\",\"messageType\""))),
        ("a messageId of 200 bytes", Text(WithId($"electricity_lu_{Guid.NewGuid():n}".PadRight(200, 'x')))),
        ("a messageId of 201 bytes", Text(WithId($"electricity_lu_{Guid.NewGuid():n}".PadRight(201, 'x')))),
        ("a messageId of white space", Text(WithId(" \\t"))),
        ("a messageId of quotes and semicolons", Text(WithId($"electricity_lu_'; DROP TABLE messages; -- \\\" {Guid.NewGuid():n}"))),
        ("a gatewayUrn of 100,000 colons", Text(Changed("urn:esight:edm:VPC:LU_VPC_Elec_4", new string(':', 100_000)))),
        ("a messageId that is a number", Text(Sample.Message("x").Replace("\"x\"", "7", StringComparison.Ordinal))),
        ("a header that is an array", Text("""{"messageType":"x","header":[],"gatewayData":{"datapointValues":[{"datapointKey":"a","value":1,"tsIso8601":"2022-10-01T00:00:00Z"}]}}""")),
    ];

    private static IEnumerable<(string Name, OddInput Input)> Readings()
    {
        (string Name, string Value)[] values =
        [
            ("NaN", "NaN"), ("Infinity", "Infinity"), ("a number with a zero in front", "012"), ("a plus sign in front", "+1"), ("a hexadecimal number", "0x1F"),
            ("minus zero", "-0"), ("1E+2", "1E+2"), ("1e300", "1e300"), ("1e400", "1e400"), ("1e-400", "1e-400"), ("an exponent of 20 digits", "1e12345678901234567890"),
            ("an integer of 64 digits", new string('9', 64)), ("an integer of 65 digits", new string('9', 65)), ("a value that is text", "\"12.5\""),
            ("a value that is null", "null"), ("a value that is true", "true"),
        ];
        (string Name, string Instant)[] instants =
        [
            ("an instant without an offset", "2022-10-01T00:00:00"), ("the 30th of February", "2022-02-30T00:00:00Z"), ("a leap second", "2016-12-31T23:59:60Z"),
            ("the year 1889", "1889-10-01T00:00:00Z"), ("the year 9999", "9999-12-31T23:59:59Z"),
            ("an instant of 100,000 digits", $"2022-10-01T00:00:00.{new string('1', 100_000)}Z"),
        ];
        const string reading = """{"datapointKey":"kwh","value":1,"tsIso8601":"2022-10-01T00:00:00Z"}""";
        var many = Message();
        return
        [
            .. values.Select(row => (row.Name, Text(Changed("12.5", row.Value)))),
            .. instants.Select(row => (row.Name, Text(Changed("2022-10-01T00:00:00Z", row.Instant)))),
            ("no readings", Text($"{many[..many.IndexOf('[', StringComparison.Ordinal)]}[]}}}}")),
            ("10,001 readings", Text($"{many[..many.IndexOf('[', StringComparison.Ordinal)]}[{string.Join(',', Enumerable.Repeat(reading, 10_001))}]}}}}")),
            ("a reading that is a number", Text(Changed("[{\"datapointKey\"", "[7,{\"datapointKey\""))),
        ];
    }
}
