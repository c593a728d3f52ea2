using System.Globalization;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>Numbers that grow, beginning with the clock's microseconds, so that a restart gives none out twice.</summary>
internal sealed class MessageIds(TimeProvider clock)
{
    private long _last = clock.GetUtcNow().Ticks / TimeSpan.TicksPerMicrosecond;

    public string Next() => Interlocked.Increment(ref _last).ToString(CultureInfo.InvariantCulture);
}
