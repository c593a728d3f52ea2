using System.Globalization;
using System.Text.Json;
using EnergyLoad.Local.Google.Checksums;
using EnergyLoad.Local.Google.Files;

namespace EnergyLoad.Local.Google.Storage;

/// <summary>One bucket: a folder with two files per object, what is known of it and its content.</summary>
internal sealed class Bucket
{
    private readonly Lock _lock = new();
    private readonly SortedDictionary<string, StoredObject> _objects = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly TimeProvider _clock;
    private long _lastGeneration;

    public Bucket(string name, string folder, TimeProvider clock)
    {
        (Name, _folder, _clock) = (name, folder, clock);
        Directory.CreateDirectory(folder);
        var found = Directory.EnumerateFiles(folder, "*.json").Select(
            file => JsonSerializer.Deserialize<StoredObject>(File.ReadAllBytes(file))!);

        // Two generations of a name are left when the process died while it replaced one: the newer counts.
        foreach (var stored in found.OrderBy(stored => stored.Generation))
        {
            _objects[stored.Name] = stored;
            _lastGeneration = stored.Generation;
        }
    }

    public string Name { get; }

    public IReadOnlyList<StoredObject> All
    {
        get
        {
            lock (_lock)
            {
                return [.. _objects.Values];
            }
        }
    }

    /// <summary>Finds the live object; null also when another generation is wanted.</summary>
    public StoredObject? Find(string name, long? generation)
    {
        lock (_lock)
        {
            return _objects.TryGetValue(name, out var found) && (generation ?? found.Generation) == found.Generation ? found : null;
        }
    }

    /// <summary>
    /// Opens the content; null when the object has gone since it was found. What happens afterwards does not disturb who is reading.
    /// </summary>
    public FileStream? Open(StoredObject stored)
    {
        lock (_lock)
        {
            return Find(stored.Name, stored.Generation) is null
                ? null
                : new FileStream(ContentOf(stored.Generation), FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete);
        }
    }

    public async Task<NewContent> TakeAsync(Stream content, CancellationToken cancellationToken)
    {
        var file = Path.Combine(_folder, $"{Guid.NewGuid():N}.upload");
        var checksum = new Crc32C();
        var size = 0L;
        await using var target = File.Create(file);
        var buffer = new byte[128 * 1024];
        int read;
        while ((read = await content.ReadAsync(buffer, cancellationToken)) > 0)
        {
            checksum.Append(buffer.AsSpan(0, read));
            size += read;
            await target.WriteAsync(buffer.AsMemory(0, read), cancellationToken);
        }

        return new NewContent(file, size, checksum.Text);
    }

    /// <summary>Makes the content the live object; null when a precondition does not hold.</summary>
    public StoredObject? Commit(NewObject wanted, NewContent content, Preconditions preconditions)
    {
        lock (_lock)
        {
            _objects.TryGetValue(wanted.Name!, out var before);
            if (!preconditions.Allow(before))
            {
                File.Delete(content.File);
                return null;
            }

            var now = _clock.GetUtcNow();
            _lastGeneration = Math.Max(_lastGeneration + 1, now.Ticks / TimeSpan.TicksPerMicrosecond);
            var type = wanted.ContentType ?? "application/octet-stream";
            var stored = new StoredObject(Name, wanted.Name!, _lastGeneration, type, content.Size, content.Crc32c, now)
            {
                ContentEncoding = wanted.ContentEncoding,
                Metadata = wanted.Metadata,
            };
            File.Move(content.File, ContentOf(_lastGeneration));
            PrivateFile.Replace(DescriptionOf(_lastGeneration), JsonSerializer.SerializeToUtf8Bytes(stored));
            _objects[stored.Name] = stored;
            if (before is not null)
            {
                Erase(before.Generation);
            }

            return stored;
        }
    }

    /// <summary>Returns false when that object has gone meanwhile.</summary>
    public bool Delete(StoredObject stored)
    {
        lock (_lock)
        {
            if (Find(stored.Name, stored.Generation) is null)
            {
                return false;
            }

            _objects.Remove(stored.Name);
            Erase(stored.Generation);
            return true;
        }
    }

#pragma warning disable CA3003 // The path is made of a number that was made here.
    private void Erase(long generation)
    {
        File.Delete(DescriptionOf(generation));
        File.Delete(ContentOf(generation));
    }
#pragma warning restore CA3003

    // Files are named by generation: names of objects may be longer than names of files, and may hold anything.
    private string DescriptionOf(long generation) => Path.Combine(_folder, generation.ToString(CultureInfo.InvariantCulture) + ".json");

    private string ContentOf(long generation) => Path.Combine(_folder, generation.ToString(CultureInfo.InvariantCulture) + ".content");
}
