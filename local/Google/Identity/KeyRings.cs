using System.Collections.Concurrent;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Identity;

/// <summary>Google's own key ring, which signs ID tokens, and one for each service account. Made when first asked for.</summary>
internal sealed class KeyRings : IDisposable
{
    private const string GooglesOwn = "google";
    private readonly ConcurrentDictionary<string, Lazy<KeyRing>> _rings = new(StringComparer.Ordinal);
    private readonly string _folder;

    public KeyRings(GoogleSettings settings)
    {
        _folder = Path.Combine(settings.State, "signing-keys");
        Directory.CreateDirectory(_folder);
    }

    public KeyRing Google => Of(GooglesOwn);

    public KeyRing Of(string account) =>
        _rings.GetOrAdd(account, owner => new Lazy<KeyRing>(() => new KeyRing(Path.Combine(_folder, $"{owner}.json")))).Value;

    public void Dispose()
    {
        foreach (var ring in _rings.Values.Where(ring => ring.IsValueCreated))
        {
            ring.Value.Dispose();
        }
    }
}
