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

    private readonly string _path;
    private readonly FileStream _file;

    public Journal(string path)
    {
        _path = path;
        Backlog = Read(path);
        var compacted = path + ".new";
        File.WriteAllBytes(compacted, Lines(Backlog.Select(message => new JournalLine(Came: message))).WrittenSpan);
        File.Move(compacted, path, overwrite: true);
        _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    /// <summary>What was not acknowledged when the process ended last.</summary>
    public IReadOnlyList<PubSubMessage> Backlog { get; }

    public void Append(IEnumerable<JournalLine> lines) => _file.Write(Lines(lines).WrittenSpan);

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

    private static ArrayBufferWriter<byte> Lines(IEnumerable<JournalLine> lines)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (var line in lines)
        {
            buffer.Write(JsonSerializer.SerializeToUtf8Bytes(line, Short));
            buffer.Write("\n"u8);
        }

        return buffer;
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
