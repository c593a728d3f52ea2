namespace EnergyLoad.Hosting;

/// <summary>How many lines a second may have; a flood of refusals shall not turn into a flood of lines.</summary>
internal sealed class LineBudget(int perSecond, TimeProvider time)
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);
    private readonly Lock _lock = new();
    private long _started = time.GetTimestamp();
    private int _taken;
    private int _leftOut;

    /// <summary>Takes room for a line.</summary>
    /// <returns>How many found no room since the last that did; null when this second has no room left.</returns>
    public int? Take()
    {
        lock (_lock)
        {
            if (time.GetElapsedTime(_started) >= Second)
            {
                (_started, _taken) = (time.GetTimestamp(), 0);
            }

            if (_taken >= perSecond)
            {
                _leftOut++;
                return null;
            }

            _taken++;
            (var leftOut, _leftOut) = (_leftOut, 0);
            return leftOut;
        }
    }
}
