namespace EnergyLoad.SendApi.Accepting;

/// <summary>One message that passed validation.</summary>
internal sealed record GatewayMessage
{
    /// <summary>The message's bytes as they came; in a batch its item's slice without the surrounding white space.</summary>
    public required ReadOnlyMemory<byte> Body { get; init; }

    public required string MessageId { get; init; }

    /// <summary>Offset in <see cref="Body"/> of the quote that closes the messageId: where the send id is spliced in.</summary>
    public required int SpliceAt { get; init; }

    public required string GatewayUrn { get; init; }

    public required GatewayUrns Urns { get; init; }

    /// <summary>How many readings it holds.</summary>
    public required int Readings { get; init; }

    public required DateTimeOffset FirstInstant { get; init; }

    public required DateTimeOffset LastInstant { get; init; }
}
