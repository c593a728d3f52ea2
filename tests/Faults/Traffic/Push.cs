namespace EnergyLoad.Faults.Tests.Traffic;

/// <summary>One message of a sender.</summary>
/// <param name="MessageId">Its messageId.</param>
/// <param name="Body">Its bytes, as text.</param>
/// <param name="Chain">The chain of corrections that it belongs to; null for a message whose period no other overlaps.</param>
internal sealed record Push(string MessageId, string Body, int? Chain);
