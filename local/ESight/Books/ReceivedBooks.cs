using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text.Json;

namespace EnergyLoad.Local.ESight.Books;

/// <summary>What e-Sight got: a line per POST in one file, the bodies byte for byte in another. In memory only ids and times.</summary>
internal sealed class ReceivedBooks : IDisposable
{
    private readonly Lock _lock = new();
    private readonly AppendOnlyFile _bodies;
    private readonly AppendOnlyFile _lines;
    private readonly ConcurrentDictionary<string, DateTimeOffset> _firstReceived = new(StringComparer.Ordinal);
    private long _messages;
    private long _readings;

    public ReceivedBooks(ESightSettings settings)
    {
        _bodies = new AppendOnlyFile(Path.Combine(settings.State, "bodies.bin"));
        _lines = new AppendOnlyFile(Path.Combine(settings.State, "messages.ndjson"));
        Load();
    }

    public BookTotals Totals
    {
        get
        {
            lock (_lock)
            {
                return new BookTotals(_messages, _readings, _firstReceived.Count);
            }
        }
    }

    /// <summary>Returns when the POST is on file. The body goes first: a line never speaks of bytes that are not there.</summary>
    public void Record(string messageId, int readings, int status, DateTimeOffset receivedAt, ReadOnlySpan<byte> body)
    {
        var sha256 = Convert.ToHexStringLower(SHA256.HashData(body));
        lock (_lock)
        {
            var entry = new BookEntry(messageId, sha256, readings, status, receivedAt, _bodies.Length, body.Length);
            _bodies.Append(body);
            _lines.Append([.. JsonSerializer.SerializeToUtf8Bytes(entry, JsonSerializerOptions.Web), (byte)'\n']);
            Count(entry);
        }
    }

    /// <summary>
    /// When the message first came; for one that never did, the moment of the first question, so that the answer is stable.
    /// </summary>
    public DateTimeOffset FirstReceived(string messageId, DateTimeOffset now) => _firstReceived.GetOrAdd(messageId, now);

    public BookReader Read()
    {
        lock (_lock)
        {
            return new BookReader(_lines, _bodies);
        }
    }

    public void Dispose()
    {
        _bodies.Dispose();
        _lines.Dispose();
    }

    private void Count(BookEntry entry)
    {
        _firstReceived.TryAdd(entry.MessageId, entry.ReceivedAt);
        _messages++;
        _readings += entry.Readings;
    }

    private void Load()
    {
        using var reader = new BookReader(_lines, _bodies);
        foreach (var entry in reader.Entries())
        {
            Count(entry);
        }

        // A line that was half written when the process died was never answered either.
        _lines.CutTo(reader.WholeLines);
    }
}
