namespace EnergyLoad.Auth.Login;

/// <summary>An attempt that must wait.</summary>
/// <param name="Wait">How long.</param>
/// <param name="Limit">Which limit was reached; for the audit log.</param>
internal sealed record Throttled(TimeSpan Wait, string Limit);
