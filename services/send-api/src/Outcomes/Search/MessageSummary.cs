using System.Text.Json.Serialization;

namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>One message as a search shows it.</summary>
internal sealed record MessageSummary
{
    public required string SendId { get; init; }

    public required string MessageId { get; init; }

    public required string Sender { get; init; }

    public required string Meter { get; init; }

    public required string State { get; init; }

    public required string? Reason { get; init; }

    public required DateTimeOffset AcceptedAt { get; init; }

    public required DateTimeOffset? DeliveredAt { get; init; }

    public required DateTimeOffset? SettledAt { get; init; }

    public required DateTimeOffset? NextAttemptAt { get; init; }

    /// <summary>The message whose rejected readings it sends again.</summary>
    public required string? ResendOf { get; init; }

    /// <summary>The readings of the instant that was asked for; absent when none was.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ReadingStatus>? Readings { get; init; }
}

/// <summary>One page, newest first; <paramref name="Next"/> is null on the last.</summary>
internal sealed record MessagePage(IReadOnlyList<MessageSummary> Items, string? Next);
