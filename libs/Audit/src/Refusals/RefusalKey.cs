namespace EnergyLoad.Audit.Refusals;

/// <summary>What refusals are counted by: a kind and a client address, a kind and a name, or a kind alone.</summary>
internal sealed record RefusalKey(AuditEventType Type, string? Address, string? Name);
