namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>
/// That a message waits for longer than it should, so that its sender can be told. Its form is gateway/age-event.v1.schema.json;
/// members are only ever added within a version.
/// </summary>
internal sealed record AgeEvent
{
    public const string Type = "message-age";
    public const string CurrentVersion = "1";

    public string Version { get; } = CurrentVersion;

    /// <summary>The same in every delivery of the same event.</summary>
    public required Guid EventId { get; init; }

    public required Guid SendId { get; init; }

    public required string MessageId { get; init; }

    public required string Sender { get; init; }

    public required string Market { get; init; }

    public required string Feed { get; init; }

    public required string Site { get; init; }

    public required string Meter { get; init; }

    public required string State { get; init; }

    public required string? Reason { get; init; }

    public required int Attempts { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>When it was accepted, or resent as a whole.</summary>
    public required DateTimeOffset Since { get; init; }

    public required int ThresholdMinutes { get; init; }

    public required DateTimeOffset At { get; init; }
}
