namespace EnergyLoad.SendApi.Delivery;

/// <summary>The gate towards e-Sight closed or opened.</summary>
/// <param name="Reason">The code that it closed for; null when it opened.</param>
internal sealed record GateChange(string? Reason);
