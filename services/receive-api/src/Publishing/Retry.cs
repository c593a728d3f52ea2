namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>When to try again what could not be told.</summary>
internal static class Retry
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>Doubles with every failed attempt, with full jitter; it never gives up.</summary>
    public static TimeSpan DelayAfter(int attempts) =>
        Random.Shared.NextDouble() * TimeSpan.FromTicks(Math.Min(Longest.Ticks, First.Ticks << Math.Min(attempts, 20)));
}
