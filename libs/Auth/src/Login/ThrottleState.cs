namespace EnergyLoad.Auth.Login;

/// <summary>How an attempt stands with the throttle.</summary>
/// <param name="Blocked">Why it has to wait; null when it may go on.</param>
/// <param name="HasFailures">Whether failures of the name or the pair are counted, for a success to reset.</param>
/// <param name="IsKnownOfLate">Whether the pair was remembered within a day, so that it need not be again.</param>
internal sealed record ThrottleState(Throttled? Blocked, bool HasFailures, bool IsKnownOfLate);
