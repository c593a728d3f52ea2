namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>That a message waits for longer than it should, as it stands in the outbox until Pub/Sub has its event.</summary>
/// <param name="SendId">The message.</param>
/// <param name="State">Parked, or accepted and not delivered.</param>
/// <param name="Reason">Why it waits; null when nothing was tried yet.</param>
/// <param name="Attempts">POSTs made so far.</param>
/// <param name="Since">When it was accepted, or resent as a whole.</param>
/// <param name="ThresholdMinutes">What it has waited longer than.</param>
/// <param name="At">When that was seen.</param>
internal sealed record ToldAge(
    Guid SendId, MessageState State, string? Reason, int Attempts, DateTimeOffset Since, int ThresholdMinutes, DateTimeOffset At);
