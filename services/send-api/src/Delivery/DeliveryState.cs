namespace EnergyLoad.SendApi.Delivery;

/// <summary>Whether an operator has paused the delivery.</summary>
/// <param name="Paused">True while nothing goes to e-Sight.</param>
/// <param name="Since">Since when; null when it is not paused.</param>
/// <param name="By">User name of who paused it; null when it is not paused.</param>
internal sealed record DeliveryState(bool Paused, DateTimeOffset? Since, string? By);
