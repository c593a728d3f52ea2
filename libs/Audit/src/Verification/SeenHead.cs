using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Verification;

/// <summary>The head of a lane as the anchor of that number saw it.</summary>
internal sealed record SeenHead(long Anchor, LaneState Head);
