using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using EnergyLoad.Hosting;

namespace EnergyLoad.Audit;

/// <summary>
/// The key that seals new rows, and those that sealed older ones. A class, not a record: its text must not show the keys.
/// </summary>
public sealed class AuditKeyRing : ICredential
{
    /// <summary>
    /// Name of the secret that may hold it: <c>{"id": "2", "key": "…", "older": {"1": "…"}}</c>. Keys of the secret's version before
    /// are known too.
    /// </summary>
    public const string SecretName = "audit-key";

    private const int KeyBytes = 32;
    private const int LongestId = 32;

    /// <summary>The shape of the secret.</summary>
    public static JsonTypeInfo<AuditKeyRing> Json => AuditKeyJson.Default.AuditKeyRing;

    /// <summary>Name of <see cref="Key"/>, written into each row: 1 to 32 ASCII letters and digits. A new key needs a new name.</summary>
    public required string Id { get; init; }

    /// <summary>The key that seals new rows: base64 of at least 32 random bytes.</summary>
    public required string Key { get; init; }

    /// <summary>
    /// Keys that sealed older rows, base64 by name; null when there are none. A key stays as long as rows that it sealed are kept.
    /// </summary>
    public IReadOnlyDictionary<string, string>? Older { get; init; }

    /// <inheritdoc/>
    public string? Fault => FaultOf(Id, Key) ?? Older?.Select(key => FaultOf(key.Key, key.Value)).FirstOrDefault(fault => fault is not null)
        ?? (Older?.GetValueOrDefault(Id, Key) is { } older && older != Key
            ? "its id names an older key too; a new key needs a new name"
            : null);

    /// <summary>The key of that name; null when it is not here.</summary>
    internal string? Find(string id) => id == Id ? Key : Older?.GetValueOrDefault(id);

    internal static string? FaultOf(string id, string key)
    {
        if (id.Length is 0 or > LongestId || !id.All(char.IsAsciiLetterOrDigit))
        {
            return $"a key's name is 1 to {LongestId} ASCII letters and digits";
        }

        return Convert.TryFromBase64String(key, new byte[key.Length], out var length) && length >= KeyBytes
            ? null
            : $"a key is base64 of at least {KeyBytes} bytes";
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(AuditKeyRing))]
internal sealed partial class AuditKeyJson : JsonSerializerContext;
