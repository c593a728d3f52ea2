namespace EnergyLoad.Audit.Anchoring;

/// <summary>
/// What a look at the anchors gave: one to keep outside, or none since another instance was first; and when to look again.
/// </summary>
internal sealed record AnchorTurn(AnchorObject? Taken, TimeSpan NextIn)
{
    /// <summary>Rows in all lanes together, as far as this turn has read them; null when it has not.</summary>
    public long? Height { get; init; }
}
