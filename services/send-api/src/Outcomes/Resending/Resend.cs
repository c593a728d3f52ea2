namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>How a resend is to be done, and by whom.</summary>
/// <param name="Part">What of the message.</param>
/// <param name="Force">Also where newer overlapping messages exist.</param>
/// <param name="Owner">The sender whose messages may be resent; null for all.</param>
/// <param name="UserId">Id of who resends.</param>
/// <param name="JobId">The job that it belongs to; null when it is a single one.</param>
internal sealed record Resend(ResendPart Part, bool Force, string? Owner, string UserId, byte[]? JobId = null);
