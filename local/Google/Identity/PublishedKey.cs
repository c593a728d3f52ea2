namespace EnergyLoad.Local.Google.Identity;

/// <summary>A public key as a JWK (RFC 7517).</summary>
internal sealed record PublishedKey(string Kty, string Alg, string Use, string Kid, string N, string E);
