using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace EnergyLoad.Hosting;

/// <summary>
/// A gauge of something that all instances share and that one of them reads now and then, such as a queue in the database. An instance
/// that has not read it for a while shows nothing: otherwise its last value would stand for ever beside those that are true.
/// </summary>
public sealed class SampledGauge
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(150);
    private readonly ConcurrentDictionary<string, (double Value, long At)> _samples = new(StringComparer.Ordinal);
    private readonly TimeProvider _time;
    private readonly string? _tag;

    /// <summary>Makes the gauge.</summary>
    /// <param name="meter">The service's meter.</param>
    /// <param name="name">The metric's name.</param>
    /// <param name="unit">Its unit, as UCUM writes it.</param>
    /// <param name="description">What it shows.</param>
    /// <param name="time">The clock that says when a sample is too old.</param>
    /// <param name="tag">The attribute that tells several values apart; null (the default) for one value.</param>
    public SampledGauge(Meter meter, string name, string unit, string description, TimeProvider time, string? tag = null)
    {
        ArgumentNullException.ThrowIfNull(meter);
        (_time, _tag) = (time, tag);
        meter.CreateObservableGauge(name, Observe, unit, description);
    }

    /// <summary>Takes a sample.</summary>
    /// <param name="value">The value now.</param>
    /// <param name="of">Which of several; empty when there is one.</param>
    public void Set(double value, string of = "") => _samples[of] = (value, _time.GetTimestamp());

    private IEnumerable<Measurement<double>> Observe()
    {
        foreach (var (of, sample) in _samples)
        {
            if (_time.GetElapsedTime(sample.At) < Lifetime)
            {
                yield return _tag is null ? new(sample.Value) : new(sample.Value, new KeyValuePair<string, object?>(_tag, of));
            }
        }
    }
}
