namespace EnergyLoad.Local.Google.Identity;

internal sealed record StoredKeyRing(string Current, IReadOnlyList<StoredKey> Keys);
