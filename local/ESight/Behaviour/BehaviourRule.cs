namespace EnergyLoad.Local.ESight.Behaviour;

/// <summary>One misbehaviour. What is left out stays as e-Sight does it.</summary>
/// <param name="Status">The status to answer with.</param>
/// <param name="RetryAfter">Seconds, sent as Retry-After.</param>
/// <param name="LatencyMs">How long to wait before the answer, or before the cut.</param>
/// <param name="Drop">Where to cut the connection.</param>
/// <param name="Match">A regular expression on messageId; none means every message.</param>
/// <param name="Times">After so many requests the rule is forgotten; none means never.</param>
/// <param name="Path">The call that it is about; none means /consumption.</param>
internal sealed record BehaviourRule(
    int? Status = null,
    int? RetryAfter = null,
    int LatencyMs = 0,
    Drop? Drop = null,
    string? Match = null,
    int? Times = null,
    string? Path = null);
