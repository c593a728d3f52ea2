namespace EnergyLoad.Auth.Freshness;

/// <summary>What the freshness read finds: of a user how it stands, or of a token that it was ended by itself.</summary>
internal sealed class StandingRow
{
    /// <summary>Id of the user; null in the row of a token.</summary>
    public string? Id { get; init; }

    public string? Username { get; init; }

    public string? Type { get; init; }

    public string? Status { get; init; }

    public long Ver { get; init; }

    public bool MustChange { get; init; }

    /// <summary>Id of the token; null in the row of a user.</summary>
    public byte[]? Jti { get; init; }
}
