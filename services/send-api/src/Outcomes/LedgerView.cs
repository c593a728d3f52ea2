using System.Text.Json.Serialization;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>What became of everything accepted in a period.</summary>
internal sealed record LedgerView(
    DateTimeOffset From, DateTimeOffset To, IReadOnlyList<LedgerGroup> Groups, LedgerTotal Total, bool Balanced);

/// <summary>One group; only the member that it is grouped by is there.</summary>
/// <param name="Messages">Messages by what they have become.</param>
/// <param name="Readings">Their readings.</param>
/// <param name="Refused">Messages that were pushed or imported and not accepted, beside the balance.</param>
/// <param name="Balanced">Whether both sides agree.</param>
internal sealed record LedgerGroup(LedgerCounts Messages, LedgerCounts Readings, long Refused, bool Balanced)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Hour { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Day { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Market { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Feed { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Sender { get; init; }
}

internal sealed record LedgerTotal(LedgerCounts Messages, LedgerCounts Readings, long Refused, IReadOnlyList<RefusedCount> Refusals);

/// <summary>Refused messages by the first of their faults.</summary>
internal sealed record RefusedCount(string Code, long Messages);

/// <summary>Both sides of one account: what was accepted, counted at the commit, and what it has become, counted now.</summary>
internal sealed record LedgerCounts
{
    public long Accepted { get; init; }

    public long Pending { get; init; }

    public long Parked { get; init; }

    public long Delivered { get; init; }

    public long Settled { get; init; }

    public long Rejected { get; init; }

    public long Dead { get; init; }

    public long Cancelled { get; init; }

    [JsonIgnore]
    public bool Balanced => Accepted == Pending + Parked + Delivered + Settled + Rejected + Dead + Cancelled;

    public static LedgerCounts operator +(LedgerCounts left, LedgerCounts right) => new()
    {
        Accepted = left.Accepted + right.Accepted,
        Pending = left.Pending + right.Pending,
        Parked = left.Parked + right.Parked,
        Delivered = left.Delivered + right.Delivered,
        Settled = left.Settled + right.Settled,
        Rejected = left.Rejected + right.Rejected,
        Dead = left.Dead + right.Dead,
        Cancelled = left.Cancelled + right.Cancelled,
    };

    public static LedgerCounts Of(MessageState state, long count) => state switch
    {
        MessageState.Accepted => new() { Pending = count },
        MessageState.Parked => new() { Parked = count },
        MessageState.Delivered => new() { Delivered = count },
        MessageState.Settled => new() { Settled = count },
        MessageState.Rejected => new() { Rejected = count },
        MessageState.Dead => new() { Dead = count },
        MessageState.Cancelled => new() { Cancelled = count },
    };
}
