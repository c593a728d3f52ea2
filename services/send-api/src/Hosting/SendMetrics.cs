using System.Diagnostics.Metrics;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Import;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>What the service counts.</summary>
internal sealed class SendMetrics
{
    private readonly Counter<long> _accepted;
    private readonly Counter<long> _refused;
    private readonly Counter<long> _attempts;
    private readonly Counter<long> _deadLetters;
    private readonly Counter<long> _imported;
    private readonly Counter<long> _gateChanges;
    private readonly Counter<long> _aged;
    private readonly Counter<long> _events;
    private readonly Counter<long> _eventsPostponed;
    private readonly SampledGauge _outboxAge;

    public SendMetrics(IMeterFactory meters, TimeProvider time)
    {
        var meter = meters.Create("EnergyLoad.SendApi");
        _accepted = meter.CreateCounter<long>("energyload.messages.accepted", "{message}", "Messages committed");
        _refused = meter.CreateCounter<long>("energyload.messages.refused", "{fault}", "Faults in refused messages, by code");
        _attempts = meter.CreateCounter<long>("energyload.delivery.attempts", "{attempt}", "POSTs to e-Sight, by outcome and reason");
        _deadLetters = meter.CreateCounter<long>(
            "energyload.error_events.dead", "{event}", "Error events that can never be applied, by reason");
        _imported = meter.CreateCounter<long>(
            "energyload.import.objects", "{object}", "Objects moved out of the source bucket, by what became of them");
        _gateChanges = meter.CreateCounter<long>(
            "energyload.delivery.gate", "{change}", "Times that delivery was held, by reason, or went on");
        _aged = meter.CreateCounter<long>(
            "energyload.messages.aged", "{message}", "Messages that wait longer than a threshold, by state and threshold");
        _events = meter.CreateCounter<long>("energyload.events.published", "{event}", "Events that Pub/Sub has taken");
        _eventsPostponed = meter.CreateCounter<long>(
            "energyload.outbox.postponed", "{message}", "Messages whose events could not be published and will be published again");
        _outboxAge = new(meter, "energyload.outbox.age", "s", "Age of the oldest message whose events are not published yet", time);
        PendingAge = new(
            meter, "energyload.messages.pending.age", "s", "Age of the oldest message that is neither delivered nor given up", time);
        Parked = new(meter, "energyload.messages.parked", "{message}", "Messages that wait for e-Sight to know their meter or site", time);
        Dead = new(meter, "energyload.messages.dead", "{message}", "Messages that were given up and not resent", time);
        SearchLag = new(meter, "energyload.search.lag", "s", "Age of the oldest message that searches do not find yet", time);
        SettledLag = new(
            meter,
            "energyload.messages.settled.lag",
            "s",
            "How long ago the oldest message settled that is not counted as settled yet",
            time);
        QuarantineAge = new(
            meter, "energyload.error_events.quarantine.age", "s", "Age of the oldest error event whose message is not known", time);
        GateState = new(meter, "energyload.delivery.gate.state", "1", "Delivery: 0 open, 1 held, 2 paused by an operator", time);
    }

    public SampledGauge PendingAge { get; }

    public SampledGauge Parked { get; }

    public SampledGauge Dead { get; }

    public SampledGauge SearchLag { get; }

    public SampledGauge SettledLag { get; }

    public SampledGauge QuarantineAge { get; }

    public SampledGauge GateState { get; }

    public void Accepted(GatewayMessage message) =>
        _accepted.Add(1, new("market", message.Urns.Market), new("feed", message.Urns.Feed));

    public void Refused(IReadOnlyList<ProblemError> errors)
    {
        foreach (var error in errors)
        {
            _refused.Add(1, new KeyValuePair<string, object?>("code", error.Code));
        }
    }

    public void DeadLettered(PoisonReason reason) => _deadLetters.Add(1, new KeyValuePair<string, object?>("reason", reason.ToString()));

    public void Attempted(Verdict verdict) =>
        _attempts.Add(1, new("outcome", verdict.Outcome.ToString()), new("reason", verdict.Reason.ToString()));

    public void Imported(ImportState state) => _imported.Add(1, new KeyValuePair<string, object?>("state", state.ToString()));

    public void GateChanged(GateChange change) =>
        _gateChanges.Add(1, new KeyValuePair<string, object?>("reason", change.Reason ?? "opened"));

    public void Aged(MessageState state, int minutes, int messages) =>
        _aged.Add(messages, new("state", state.ToString()), new("minutes", minutes));

    public void EventsPublished(int events) => _events.Add(events);

    public void EventsPostponed(int messages) => _eventsPostponed.Add(messages);

    public void OutboxAged(TimeSpan? age) => _outboxAge.Set((age ?? TimeSpan.Zero).TotalSeconds);
}
