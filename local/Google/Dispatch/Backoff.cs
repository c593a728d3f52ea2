namespace EnergyLoad.Local.Google.Dispatch;

/// <summary>Doubling waits between attempts.</summary>
internal sealed record Backoff(TimeSpan Min, TimeSpan Max)
{
    private const int MostDoublings = 16;

    public static Backoff FromMilliseconds(int min, int max) => new(TimeSpan.FromMilliseconds(min), TimeSpan.FromMilliseconds(max));

    /// <param name="failures">How many attempts have failed so far, at least 1.</param>
    public TimeSpan After(int failures)
    {
        var wait = Min * (1 << Math.Clamp(failures - 1, 0, MostDoublings));
        return wait < Max ? wait : Max;
    }
}
