using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>A message as a resend sees it.</summary>
internal sealed class ResendableMessage
{
    public required byte[] Id { get; init; }

    public required string Sender { get; init; }

    public required string MessageKey { get; init; }

    public required byte[] Body { get; init; }

    public required string GatewayUrn { get; init; }

    public required long GatewayHash { get; init; }

    public required string Market { get; init; }

    public required string Feed { get; init; }

    public required string Meter { get; init; }

    public required int Readings { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    public required MessageState State { get; init; }

    public required int Cycle { get; init; }

    public required byte[]? ResendOf { get; init; }

    /// <summary>The sender's own messageId, which a resend of readings goes by with #r and a number.</summary>
    public string OriginalKey => ResendOf is null ? MessageKey : MessageKey[..MessageKey.LastIndexOf("#r", StringComparison.Ordinal)];

    public SendId SendId => SendId.FromBytes(Id);
}
