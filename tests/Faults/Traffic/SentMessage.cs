namespace EnergyLoad.Faults.Tests.Traffic;

/// <summary>A message that a sender was told is accepted.</summary>
internal sealed record SentMessage(Push Push, string SendId, int Order);
