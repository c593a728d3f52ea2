namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>What became of a message, as it stands in the outbox until Pub/Sub has its events.</summary>
internal sealed record ToldOutcome
{
    public required Guid SendId { get; init; }

    public required MessageState State { get; init; }

    public required string Reason { get; init; }

    /// <summary>e-Sight's HTTP status; null when no answer decided.</summary>
    public int? Status { get; init; }

    /// <summary>When the attempt started that decided it; the time of the decision when none did.</summary>
    public required DateTimeOffset Starting { get; init; }

    /// <summary>When it was written down.</summary>
    public required DateTimeOffset Ending { get; init; }

    /// <summary>POSTs made so far.</summary>
    public required int Attempts { get; init; }
}
