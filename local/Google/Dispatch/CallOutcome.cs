namespace EnergyLoad.Local.Google.Dispatch;

/// <summary>What came of a call.</summary>
/// <param name="Status">The answer's status; 0 when there was none.</param>
/// <param name="RetryAfter">The wait that the answer asked for.</param>
/// <param name="Reason">Why there was no answer.</param>
internal sealed record CallOutcome(int Status, TimeSpan? RetryAfter = null, string? Reason = null)
{
    public bool IsSuccess => Status is >= 200 and < 300;
}
