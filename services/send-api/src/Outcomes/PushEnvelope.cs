namespace EnergyLoad.SendApi.Outcomes;

/// <summary>How Pub/Sub pushes a message.</summary>
internal sealed record PushEnvelope(PushedMessage? Message, string? Subscription);

/// <summary>The message inside.</summary>
/// <param name="Data">The event's bytes; base64 on the wire.</param>
/// <param name="MessageId">Pub/Sub's id.</param>
/// <param name="Attributes">What the publisher wrote beside the bytes.</param>
internal sealed record PushedMessage(byte[]? Data, string? MessageId = null, IReadOnlyDictionary<string, string>? Attributes = null);
