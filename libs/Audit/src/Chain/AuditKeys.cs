using System.Security.Cryptography;
using EnergyLoad.Hosting;

namespace EnergyLoad.Audit.Chain;

/// <summary>The keys that seal rows: one that seals now, and those that older rows were sealed with.</summary>
internal sealed class AuditKeys(IRotating<AuditKeyRing> rings)
{
    public string CurrentId => rings.Current.Id;

    public bool Knows(string keyId) => KeyOf(keyId) is not null;

    /// <summary>The seal of the bytes under the named key; null when the key is not known here.</summary>
    public byte[]? Seal(string keyId, ReadOnlySpan<byte> bytes) =>
        KeyOf(keyId) is { } key ? HMACSHA256.HashData(Convert.FromBase64String(key), bytes) : null;

    public bool Holds(string keyId, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> seal) =>
        Seal(keyId, bytes) is { } expected && CryptographicOperations.FixedTimeEquals(expected, seal);

    // A rotation between the choice of a key and its use must not lose it: the ring before is looked at too.
    private string? KeyOf(string keyId) => rings.Current.Find(keyId) ?? rings.Previous?.Find(keyId);
}
