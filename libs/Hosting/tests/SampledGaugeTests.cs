using System.Diagnostics.Metrics;

namespace EnergyLoad.Hosting.Tests;

public sealed class SampledGaugeTests
{
    [Fact]
    public void A_sample_is_shown_until_it_is_too_old_to_be_true()
    {
        var time = new SteppedTime();
        using var meter = new Meter("test");
        var gauge = new SampledGauge(meter, "test.age", "s", "…", time, tag: "of");
        Assert.Empty(Read(meter));

        gauge.Set(7, "one");
        gauge.Set(9, "other");
        Assert.Equal([("one", 7), ("other", 9)], Read(meter));

        time.Elapsed = TimeSpan.FromSeconds(149);
        gauge.Set(8, "other");
        Assert.Equal([("one", 7), ("other", 8)], Read(meter));

        time.Elapsed = TimeSpan.FromSeconds(151);
        Assert.Equal([("other", 8)], Read(meter));
    }

    private static (string Of, double Value)[] Read(Meter meter)
    {
        var read = new List<(string Of, double Value)>();
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (ReferenceEquals(instrument.Meter, meter))
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        listener.SetMeasurementEventCallback<double>((_, value, tags, _) => read.Add(((string)tags[0].Value!, value)));
        listener.Start();
        listener.RecordObservableInstruments();
        return [.. read.OrderBy(point => point.Of, StringComparer.Ordinal)];
    }
}
