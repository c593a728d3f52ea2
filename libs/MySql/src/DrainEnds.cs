namespace EnergyLoad.MySql;

/// <summary>What follows the end of a run.</summary>
public static class DrainEnds
{
    // What is due later than that is found by the sweep, which comes once a minute.
    private static readonly TimeSpan Horizon = TimeSpan.FromMinutes(1);

    /// <summary>When the drain must be woken again.</summary>
    /// <param name="end">How the run ended.</param>
    /// <param name="nextDue">Reads the time until work is due; null when there is none.</param>
    /// <param name="cancellationToken">Cancels the read.</param>
    /// <returns>Time until then, never negative; null when nobody need wake it, or the sweep or another run sees to it.</returns>
    public static async Task<TimeSpan?> NextAsync(
        this DrainEnd end, Func<CancellationToken, Task<TimeSpan?>> nextDue, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(nextDue);
        TimeSpan? next = end switch
        {
            DrainEnd.Empty => await nextDue(cancellationToken),
            DrainEnd.OutOfTime => TimeSpan.Zero,
            _ => null,
        };
        return next < TimeSpan.Zero ? TimeSpan.Zero : next < Horizon ? next : null;
    }
}
