namespace EnergyLoad.Faults.Tests.World;

/// <summary>One POST in e-Sight's own books; status 0 when the connection was cut before the answer was complete.</summary>
internal sealed record BookLine(string MessageId, string Sha256, int Status, DateTimeOffset ReceivedAt);
