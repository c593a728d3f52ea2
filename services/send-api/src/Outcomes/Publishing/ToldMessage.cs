namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>A message as its events tell it.</summary>
internal sealed class ToldMessage
{
    public required byte[] Id { get; init; }

    public required string MessageKey { get; init; }

    public required string Sender { get; init; }

    public required string Market { get; init; }

    public required string Feed { get; init; }

    public required string Site { get; init; }

    public required string Meter { get; init; }

    public required int Readings { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required string? Traceparent { get; init; }

    public required byte[]? ResendOf { get; init; }

    /// <summary>The sender's bytes; null where only the message itself is told.</summary>
    public byte[]? Body { get; init; }
}
