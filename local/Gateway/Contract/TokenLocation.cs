namespace EnergyLoad.Local.Gateway.Contract;

/// <summary>Where a token may be: in a header after a prefix, or in a query parameter.</summary>
internal sealed record TokenLocation(string? Header, string Prefix, string? Query)
{
    /// <summary>Where ESPv2 looks when the contract says nothing.</summary>
    public static readonly IReadOnlyList<TokenLocation> Defaults =
    [
        new("Authorization", "Bearer ", null),
        new("X-Goog-Iap-Jwt-Assertion", "", null),
        new(null, "", "access_token"),
    ];
}
