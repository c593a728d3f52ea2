namespace EnergyLoad.Local.Google.Keys;

/// <summary>A key as it is on disk: both kinds, since the settings do not say what it is for.</summary>
internal sealed record StoredCryptoKey(string Name, byte[] Symmetric, byte[] Pkcs8)
{
    public override string ToString() => Name;
}
