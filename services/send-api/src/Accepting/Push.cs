using System.Text.Json;
using System.Text.Unicode;

namespace EnergyLoad.SendApi.Accepting;

/// <summary>What one request pushes.</summary>
internal abstract record Push
{
    private Push()
    {
    }

    /// <summary>One message, which is answered by itself.</summary>
    public sealed record One(MessageReading Reading) : Push;

    /// <summary>Several messages, answered one by one; null where a line is not JSON.</summary>
    public sealed record Batch(IReadOnlyList<MessageReading?> Readings) : Push;

    /// <summary>The body as a whole is not JSON.</summary>
    public sealed record Malformed(string Detail) : Push;

    /// <summary>Reads a JSON body: an object is one message, an array a batch.</summary>
    public static Push ReadJson(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        if (!Utf8.IsValid(body.Span))
        {
            return new Malformed("The body is not UTF-8.");
        }

        try
        {
            var json = new Utf8JsonReader(body.Span, JsonWalk.Strict);
            json.Read();
            Push push = json.TokenType == JsonTokenType.StartArray
                ? new Batch(ReadItems(ref json, body, now))
                : new One(new MessageReader(now).Read(ref json, body));
            json.Read();
            return push;
        }
        catch (JsonException exception)
        {
            return new Malformed($"Line {exception.LineNumber + 1}, byte {exception.BytePositionInLine + 1}: the body is not JSON.");
        }
    }

    /// <summary>Reads NDJSON: each line that is not blank holds one message, and a faulty one does not spoil the others.</summary>
    public static Push ReadLines(ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var readings = new List<MessageReading?>();
        while (!body.IsEmpty)
        {
            var end = body.Span.IndexOf((byte)'\n');
            var line = Trim(end < 0 ? body : body[..end]);
            body = end < 0 ? default : body[(end + 1)..];
            if (!line.IsEmpty)
            {
                readings.Add(ReadJson(line, now) is One one ? one.Reading : null);
            }
        }

        return new Batch(readings);
    }

    private static List<MessageReading?> ReadItems(ref Utf8JsonReader json, ReadOnlyMemory<byte> body, DateTimeOffset now)
    {
        var readings = new List<MessageReading?>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            readings.Add(new MessageReader(now).Read(ref json, body));
        }

        return readings;
    }

    private static ReadOnlyMemory<byte> Trim(ReadOnlyMemory<byte> line)
    {
        var start = line.Span.IndexOfAnyExcept(" \t\r"u8);
        return start < 0 ? default : line[start..(line.Span.LastIndexOfAnyExcept(" \t\r"u8) + 1)];
    }
}
