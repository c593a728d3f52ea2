using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Local.Google.Storage;

/// <summary>The buckets of the settings, and those made since.</summary>
internal sealed partial class Buckets
{
    private readonly ConcurrentDictionary<string, Bucket> _buckets = new(StringComparer.Ordinal);
    private readonly string _folder;
    private readonly TimeProvider _clock;

    public Buckets(GoogleSettings settings, TimeProvider clock)
    {
        (_clock, _folder) = (clock, Path.Combine(settings.State, "storage"));
        Directory.CreateDirectory(_folder);
        foreach (var name in settings.Buckets.Concat(Directory.EnumerateDirectories(_folder).Select(folder => Path.GetFileName(folder))).Distinct())
        {
            Create(name);
        }
    }

    /// <summary>As Cloud Storage names buckets: which also keeps names from being paths.</summary>
    public static bool IsName([NotNullWhen(true)] string? name) => name is not null && BucketName().IsMatch(name);

    public Bucket? Find(string name) => _buckets.GetValueOrDefault(name);

    public bool Create(string name) =>
        !_buckets.ContainsKey(name) && _buckets.TryAdd(name, new Bucket(name, Path.Combine(_folder, name), _clock));

    [GeneratedRegex("^[a-z0-9][a-z0-9._-]{1,61}[a-z0-9]$")]
    private static partial Regex BucketName();
}
