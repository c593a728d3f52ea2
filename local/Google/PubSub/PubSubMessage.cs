namespace EnergyLoad.Local.Google.PubSub;

/// <summary>A published message.</summary>
internal sealed record PubSubMessage(
    string MessageId, DateTimeOffset PublishTime, byte[] Data, IReadOnlyDictionary<string, string> Attributes, string OrderingKey);
