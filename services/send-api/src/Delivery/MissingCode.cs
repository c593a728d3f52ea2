using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>A message that cannot go to e-Sight yet, because e-Sight's lists do not have its meter or its site.</summary>
internal sealed record MissingCode(ClaimedMessage Message, ReasonCode Reason);
