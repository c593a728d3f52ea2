using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>A message that this process may post while its lease lasts.</summary>
internal sealed class ClaimedMessage
{
    public required byte[] Id { get; init; }

    public required byte[] Body { get; init; }

    public required int SpliceAt { get; init; }

    public required long GatewayHash { get; init; }

    public required string Market { get; init; }

    public required string Site { get; init; }

    public required string Meter { get; init; }

    public required DateTimeOffset FirstAt { get; init; }

    public required DateTimeOffset LastAt { get; init; }

    /// <summary>When it was accepted, or resent as a whole.</summary>
    public required DateTimeOffset AcceptedAt { get; init; }

    /// <summary>Since when it could be claimed.</summary>
    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The database's time of the claim.</summary>
    public required DateTimeOffset Now { get; init; }

    public required MessageState State { get; init; }

    /// <summary>Attempts made before this one.</summary>
    public required int Attempts { get; init; }

    /// <summary>Of these, attempts before it was resent as a whole; they do not use up the schedule.</summary>
    public required int CycleAttempts { get; init; }

    /// <summary>Why the last attempt failed; null before the first.</summary>
    public required string? Reason { get; init; }

    public required string? Traceparent { get; init; }

    public SendId SendId => SendId.FromBytes(Id);

    public string SiteCode => GatewayUrns.SiteCodeOf(Market, Site);

    /// <summary>Whether e-Sight may have it already, under the same messageId.</summary>
    public bool AfterUnknown => Reason == nameof(ReasonCode.NoAnswer) || CycleAttempts > 0;

    public bool Overlaps(DateTimeOffset first, DateTimeOffset last) => FirstAt <= last && first <= LastAt;
}
