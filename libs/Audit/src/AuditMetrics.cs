using System.Diagnostics.Metrics;
using EnergyLoad.Hosting;

namespace EnergyLoad.Audit;

internal sealed class AuditMetrics
{
    public const string MeterName = "EnergyLoad.Audit";

    // The factory owns it and ends it with the service.
    private readonly Meter _meter;
    private readonly Counter<long> _unwritten;
    private readonly Counter<long> _counted;
    private readonly Counter<long> _anchorFailures;

    public AuditMetrics(IMeterFactory meters, TimeProvider time)
    {
        _meter = meters.Create(MeterName);
        _unwritten = _meter.CreateCounter<long>(
            "energyload.audit.unwritten", "{row}", "Audit rows that could not be written; any is an alert.");
        _counted = _meter.CreateCounter<long>(
            "energyload.audit.counted", "{refusal}", "Refusals that were counted instead of written one by one.");
        _anchorFailures = _meter.CreateCounter<long>(
            "energyload.audit.anchor_failures", "{anchor}", "Anchors that could not be put outside the database.");
        ChainHeight = new SampledGauge(
            _meter, "energyload.audit.chain.height", "{row}", "Rows that the chain has had so far, as of the last anchor.", time);
    }

    /// <summary>It only ever grows: a fall means that the log was cut.</summary>
    public SampledGauge ChainHeight { get; }

    public void Unwritten(AuditEventType type) => _unwritten.Add(1, new KeyValuePair<string, object?>("kind", type.Name));

    public void Counted(AuditEventType type) => _counted.Add(1, new KeyValuePair<string, object?>("kind", type.Name));

    public void AnchorFailed() => _anchorFailures.Add(1);
}
