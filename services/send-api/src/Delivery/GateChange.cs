namespace EnergyLoad.SendApi.Delivery;

/// <summary>The gate towards e-Sight closed or opened.</summary>
/// <param name="Reason">The code that it closed for; null when it opened.</param>
/// <param name="RejectedAs">In a storm of rejections their code; empty or null otherwise.</param>
internal sealed record GateChange(string? Reason, string? RejectedAs);
