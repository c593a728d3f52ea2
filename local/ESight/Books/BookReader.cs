using System.Text;
using System.Text.Json;

namespace EnergyLoad.Local.ESight.Books;

/// <summary>Reads the books as they stood when it was made, while they go on growing.</summary>
internal sealed class BookReader(AppendOnlyFile linesFile, AppendOnlyFile bodiesFile) : IDisposable
{
    private readonly FileStream _lines = linesFile.OpenRead();
    private readonly FileStream _bodies = bodiesFile.OpenRead();
    private readonly long _length = linesFile.Length;

    /// <summary>How much of the file is whole lines, once <see cref="Entries"/> has been read through.</summary>
    public long WholeLines { get; private set; }

    public async Task CopyLinesAsync(Stream destination, CancellationToken cancellationToken)
    {
        var buffer = new byte[128 * 1024];
        for (var left = _length; left > 0;)
        {
            var read = await _lines.ReadAsync(buffer.AsMemory(0, (int)Math.Min(left, buffer.Length)), cancellationToken);
            await destination.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
            left -= read;
        }
    }

    public async Task CopyBodiesAsync(Stream destination, CancellationToken cancellationToken)
    {
        foreach (var entry in Entries())
        {
            var body = new byte[entry.BodyLength];
            _bodies.Position = entry.BodyAt;
            await _bodies.ReadExactlyAsync(body, cancellationToken);
            var line = JsonSerializer.SerializeToUtf8Bytes(new { entry.MessageId, Body = body }, JsonSerializerOptions.Web);
            await destination.WriteAsync(line, cancellationToken);
            await destination.WriteAsync("\n"u8.ToArray(), cancellationToken);
        }
    }

    public IEnumerable<BookEntry> Entries()
    {
        using var text = new StreamReader(_lines, Encoding.UTF8, leaveOpen: true);
        while (text.ReadLine() is { } line && WholeLines + Encoding.UTF8.GetByteCount(line) < _length)
        {
            WholeLines += Encoding.UTF8.GetByteCount(line) + 1;
            yield return JsonSerializer.Deserialize<BookEntry>(line, JsonSerializerOptions.Web)!;
        }
    }

    public void Dispose()
    {
        _lines.Dispose();
        _bodies.Dispose();
    }
}
