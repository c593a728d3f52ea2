using System.Text.Json;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What became of one message, and of each of its readings.</summary>
internal sealed record MessageStatus
{
    public required string SendId { get; init; }

    public required string MessageId { get; init; }

    public required string Sender { get; init; }

    public required string State { get; init; }

    public string? Reason { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public DateTimeOffset? DeliveredAt { get; init; }

    public DateTimeOffset? SettledAt { get; init; }

    public DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The message whose rejected readings it sends again; null for a sender's own message.</summary>
    public string? ResendOf { get; init; }

    public required IReadOnlyList<AttemptStatus> Attempts { get; init; }

    public required IReadOnlyList<ReadingStatus> Readings { get; init; }
}

/// <summary>One POST to e-Sight.</summary>
internal sealed record AttemptStatus(DateTimeOffset At, string Outcome, int? Status, int LatencyMs, string Reason);

/// <summary>One reading; key, instant and value as the sender wrote them.</summary>
internal sealed record ReadingStatus(
    JsonElement DatapointKey, JsonElement TsIso8601, JsonElement Value, string State, string? ErrorCode, string? ErrorMessage);
