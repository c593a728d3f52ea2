using System.Text.Json;
using EnergyLoad.Local.Google.Files;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>One owner's keys: the one that signs, the one before it, and perhaps one that is published ahead of its first use.</summary>
internal sealed class KeyRing : IDisposable
{
    private readonly Lock _lock = new();
    private readonly string _file;
    private readonly List<SigningKey> _keys = [];
    private string _current;

    public KeyRing(string file)
    {
        _file = file;
        if (File.Exists(file))
        {
            var stored = JsonSerializer.Deserialize<StoredKeyRing>(File.ReadAllBytes(file))!;
            _keys.AddRange(stored.Keys.Select(SigningKey.From));
            _current = stored.Current;
        }
        else
        {
            _keys.Add(SigningKey.Create());
            _current = _keys[0].Id;
            Save();
        }
    }

    public SigningKey Current
    {
        get
        {
            lock (_lock)
            {
                return _keys.Single(key => key.Id == _current);
            }
        }
    }

    public IReadOnlyList<PublishedKey> Published
    {
        get
        {
            lock (_lock)
            {
                return [.. _keys.Select(key => key.ToPublished())];
            }
        }
    }

    /// <summary>Shows a new key that does not sign yet, unless one is waiting already.</summary>
    public void PublishNext()
    {
        lock (_lock)
        {
            if (_keys[^1].Id == _current)
            {
                _keys.Add(SigningKey.Create());
                Save();
            }
        }
    }

    /// <summary>Signs with the newest key from now on; the one before it stays published, older ones go.</summary>
    public void Rotate()
    {
        lock (_lock)
        {
            PublishNext();
            var before = _current;
            _current = _keys[^1].Id;
            _keys.RemoveAll(key => key.Id != _current && key.Id != before);
            Save();
        }
    }

    public void Dispose() => _keys.ForEach(key => key.Dispose());

    private void Save() => PrivateFile.Replace(
        _file, JsonSerializer.SerializeToUtf8Bytes(new StoredKeyRing(_current, [.. _keys.Select(key => key.ToStored())])));
}
