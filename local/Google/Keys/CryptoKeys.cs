using System.Text.Json;
using EnergyLoad.Local.Google.Files;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Keys;

/// <summary>The keys of the settings, made when first used and kept on disk.</summary>
internal sealed class CryptoKeys : IDisposable
{
    private readonly Dictionary<string, Lazy<CryptoKey>> _keys;
    private readonly string _folder;

    public CryptoKeys(GoogleSettings settings)
    {
        _folder = Path.Combine(settings.State, "crypto-keys");
        Directory.CreateDirectory(_folder);
        _keys = settings.CryptoKeys.ToDictionary(name => name, name => new Lazy<CryptoKey>(() => LoadOrMake(name)), StringComparer.Ordinal);
    }

    public CryptoKey? Find(string name) => _keys.GetValueOrDefault(name)?.Value;

    public void Dispose()
    {
        foreach (var key in _keys.Values.Where(key => key.IsValueCreated))
        {
            key.Value.Dispose();
        }
    }

    private CryptoKey LoadOrMake(string name)
    {
        var file = Path.Combine(_folder, name.Replace('/', '.') + ".json");
        if (File.Exists(file))
        {
            return new CryptoKey(JsonSerializer.Deserialize<StoredCryptoKey>(File.ReadAllBytes(file))!);
        }

        var key = new CryptoKey(name);
        PrivateFile.Replace(file, JsonSerializer.SerializeToUtf8Bytes(key.ToStored()));
        return key;
    }
}
