namespace EnergyLoad.GoogleCloud;

/// <summary>A message for a topic.</summary>
/// <param name="Data">The payload; may be empty when there are attributes.</param>
public sealed record PubSubMessage(ReadOnlyMemory<byte> Data)
{
    private static readonly IReadOnlyDictionary<string, string> None = new Dictionary<string, string>();

    /// <summary>Attributes that subscriptions may filter on; none by default.</summary>
    public IReadOnlyDictionary<string, string> Attributes { get; init; } = None;

    /// <summary>Messages of one key keep their order where the subscription asks for it; null for no order.</summary>
    public string? OrderingKey { get; init; }

    /// <summary>Without the payload.</summary>
    public override string ToString() => $"{nameof(PubSubMessage)} of {Data.Length} bytes";
}
