using System.Diagnostics.Metrics;

namespace EnergyLoad.Auth;

internal sealed class AuthMetrics
{
    public const string MeterName = "EnergyLoad.Auth";

    // The factory owns it and ends it with the service.
    private readonly Meter _meter;
    private readonly Counter<long> _logins;
    private readonly Histogram<int> _freshness;

    public AuthMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _logins = _meter.CreateCounter<long>("energyload.auth.logins", "{login}", "Logins by outcome: succeeded, refused, throttled.");
        _freshness = _meter.CreateHistogram<int>(
            "energyload.auth.freshness_shared", "{request}", "Requests that shared one freshness read.");
    }

    public void Login(string outcome) => _logins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    public void FreshnessRead(int requests) => _freshness.Record(requests);
}
