using System.Security.Cryptography;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Audit.Chain;

/// <summary>The keys that seal rows: one that seals now, and those that older rows were sealed with.</summary>
internal sealed class AuditKeys(IOptionsMonitor<AuditOptions> options)
{
    public string CurrentId => options.CurrentValue.HmacKeyId;

    public bool Knows(string keyId) => KeyOf(keyId) is not null;

    /// <summary>The seal of the bytes under the named key; null when the key is not known here.</summary>
    public byte[]? Seal(string keyId, ReadOnlySpan<byte> bytes) =>
        KeyOf(keyId) is { } key ? HMACSHA256.HashData(Convert.FromBase64String(key), bytes) : null;

    public bool Holds(string keyId, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> seal) =>
        Seal(keyId, bytes) is { } expected && CryptographicOperations.FixedTimeEquals(expected, seal);

    private string? KeyOf(string keyId)
    {
        var current = options.CurrentValue;
        return keyId == current.HmacKeyId ? current.HmacKey : current.PreviousKeys.TryGetValue(keyId, out var key) ? key : null;
    }
}
