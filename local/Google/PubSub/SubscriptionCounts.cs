namespace EnergyLoad.Local.Google.PubSub;

/// <summary>What has become of a subscription's messages.</summary>
/// <param name="Backlog">Not acknowledged yet.</param>
/// <param name="Delivered">Acknowledged by the subscriber.</param>
/// <param name="Failures">Handed out and not acknowledged in time, or refused.</param>
/// <param name="DeadLettered">Given up and sent to the dead-letter topic.</param>
internal sealed record SubscriptionCounts(int Backlog, long Delivered, long Failures, long DeadLettered);
