namespace EnergyLoad.Faults.Tests.Runs;

/// <summary>How long calls took, taken together by many.</summary>
internal sealed class Latencies
{
    private readonly Lock _turn = new();
    private List<double> _milliseconds = [];

    public void Add(TimeSpan time)
    {
        lock (_turn)
        {
            _milliseconds.Add(time.TotalMilliseconds);
        }
    }

    /// <summary>What was taken since the last call, in order.</summary>
    public double[] Take()
    {
        lock (_turn)
        {
            var taken = _milliseconds;
            _milliseconds = [];
            taken.Sort();
            return [.. taken];
        }
    }

    /// <summary>A percentile of sorted values; not a number when there are none.</summary>
    public static double Percentile(double[] sorted, double percent) =>
        sorted.Length == 0 ? double.NaN : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * percent / 100))];
}
