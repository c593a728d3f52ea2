namespace EnergyLoad.GoogleCloud.Rest;

/// <summary>Truncated exponential backoff with full jitter, as cloud.google.com/iam/docs/retry-strategy asks.</summary>
internal static class Backoff
{
    private static readonly TimeSpan First = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(5);

    /// <summary>The pause after the attempt of this number, the first being 1; never shorter than what the server asked for.</summary>
    public static TimeSpan After(int attempt, TimeSpan? retryAfter)
    {
        var ceiling = Math.Min(First.TotalMilliseconds * Math.Pow(2, attempt - 1), Longest.TotalMilliseconds);
        var pause = TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling);
        return retryAfter is { } asked && asked > pause ? asked : pause;
    }
}
