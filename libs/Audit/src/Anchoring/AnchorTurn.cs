namespace EnergyLoad.Audit.Anchoring;

/// <summary>
/// What a look at the anchors gave: one to keep outside, or none since another instance was first; and when to look again.
/// </summary>
internal sealed record AnchorTurn(AnchorObject? Taken, TimeSpan NextIn);
