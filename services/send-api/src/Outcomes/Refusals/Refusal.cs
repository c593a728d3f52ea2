namespace EnergyLoad.SendApi.Outcomes.Refusals;

/// <summary>A message that was pushed or imported and not accepted; nothing else is kept of it.</summary>
/// <param name="Sender">User name of the sender.</param>
/// <param name="Market">Its market; empty where the message does not say it.</param>
/// <param name="Feed">Its feed; empty where the message does not say it.</param>
/// <param name="Code">The first of its faults.</param>
internal sealed record Refusal(string Sender, string Market, string Feed, string Code);
