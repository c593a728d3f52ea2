using System.Diagnostics.Metrics;
using EnergyLoad.Hosting;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>What the service counts.</summary>
internal sealed class ReceiveMetrics
{
    private readonly Counter<long> _reports;
    private readonly Counter<long> _events;
    private readonly Counter<long> _postponed;
    private readonly SampledGauge _age;

    public ReceiveMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create("EnergyLoad.ReceiveApi");
        _reports = meter.CreateCounter<long>("energyload.reports", "{report}", "Reports that were posted, by outcome");
        _events = meter.CreateCounter<long>("energyload.events.published", "{event}", "Events that Pub/Sub has taken");
        _postponed = meter.CreateCounter<long>(
            "energyload.outbox.postponed", "{report}", "Reports that could not be told and will be told again, by outbox");
        _age = new(meter, "energyload.outbox.age", "s", "Age of the oldest report that was not told yet, by outbox", time, tag: "outbox");
    }

    public void Received(string outcome) => _reports.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void Published(int events) => _events.Add(events);

    public void Postponed(string outbox, int reports) => _postponed.Add(reports, new KeyValuePair<string, object?>("outbox", outbox));

    public void Aged(string outbox, TimeSpan? age) => _age.Set((age ?? TimeSpan.Zero).TotalSeconds, outbox);
}
