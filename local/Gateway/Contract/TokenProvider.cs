namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>Whose tokens an operation takes: a security definition of type oauth2.</summary>
internal sealed record TokenProvider(
    string Name, string Issuer, Uri Keys, IReadOnlyList<string> Audiences, IReadOnlyList<TokenLocation> Locations);
