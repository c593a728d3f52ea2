namespace EnergyLoad.Local.Google.Identity;

internal sealed record StoredKey(string Id, byte[] Pkcs8);
