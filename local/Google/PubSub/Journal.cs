using System.Buffers;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>A subscription's backlog on disk: appended to, and begun anew when there is nothing left in it.</summary>
internal sealed class Journal : IDisposable
{
    private const long WorthEmptying = 1024 * 1024;
    private static readonly JsonSerializerOptions Short =
        new(JsonSerializerDefaults.Web) { DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull };

    // For all that is appended, one after the other: a large publish would leave a large object behind each time.
    private readonly ArrayBufferWriter<byte> _buffer = new();
    private readonly string _path;
    private readonly FileStream _file;

    public Journal(string path)
    {
        _path = path;
        Backlog = Read(path);
        var compacted = path + ".new";
        File.WriteAllBytes(compacted, Lines(new(), Backlog.Select(message => new JournalLine(Came: message))));
        File.Move(compacted, path, overwrite: true);
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>What was not acknowledged when the process ended last.</summary>
    public IReadOnlyList<PubSubMessage> Backlog { get; }

    /// <summary>Not at the same time as another.</summary>
    public void Append(IEnumerable<JournalLine> lines) => _file.Write(Lines(_buffer, lines));

    public void EmptyIfLarge()
    {
        if (_file.Length > WorthEmptying)
        {
            _file.SetLength(0);
        }
    }

    public void Delete()
    {
        Dispose();
        File.Delete(_path);
    }

    public void Dispose() => _file.Dispose();

    private static ReadOnlySpan<byte> Lines(ArrayBufferWriter<byte> buffer, IEnumerable<JournalLine> lines)
    {
        buffer.ResetWrittenCount();
        using var json = new Utf8JsonWriter(buffer);
        foreach (var line in lines)
        {
            JsonSerializer.Serialize(json, line, Short);
            json.Flush();
            buffer.Write("\n"u8);
            json.Reset();
        }

        return buffer.WrittenSpan;
    }

    private static List<PubSubMessage> Read(string path)
    {
        var backlog = new Dictionary<string, PubSubMessage>(StringComparer.Ordinal);
        foreach (var line in WholeLines(path))
        {
            var entry = JsonSerializer.Deserialize<JournalLine>(line, Short)!;
            if (entry.Came is { } message)
            {
                backlog[message.MessageId] = message;
            }
            else
            {
                backlog.Remove(entry.Acked!);
            }
        }

        return [.. backlog.Values.OrderBy(message => message.MessageId.Length).ThenBy(message => message.MessageId, StringComparer.Ordinal)];
    }

    // The last line has no end when the process died while writing it: its publisher got no answer.
    private static string[] WholeLines(string path) => File.Exists(path) ? File.ReadAllText(path).Split('\n')[..^1] : [];
}
