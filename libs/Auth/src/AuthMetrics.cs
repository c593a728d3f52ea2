using System.Diagnostics.Metrics;

namespace EnergyLoad.Auth;

internal sealed class AuthMetrics
{
    public const string MeterName = "EnergyLoad.Auth";

    // The factory owns it and ends it with the service.
    private readonly Meter _meter;
    private readonly Counter<long> _logins;
    private readonly Histogram<int> _freshness;
    private readonly Counter<long> _repeats;

    public AuthMetrics(IMeterFactory meters)
    {
        _meter = meters.Create(MeterName);
        _logins = _meter.CreateCounter<long>("energyload.auth.logins", "{login}", "Logins by outcome: succeeded, refused, throttled.");
        _freshness = _meter.CreateHistogram<int>(
            "energyload.auth.freshness_shared", "{request}", "Requests that shared one freshness read.");
        _repeats = _meter.CreateCounter<long>(
            "energyload.auth.commits_repeated", "{commit}", "Shared commits that were refused as a whole and done again step by step, by reason.");
    }

    public void Login(string outcome) => _logins.Add(1, new KeyValuePair<string, object?>("outcome", outcome));

    /// <summary>A commit that takes the read along was refused, and is done step by step.</summary>
    /// <param name="reason">duplicate: something in it was there before; standing: a user stands otherwise; other: no refusal that is expected.</param>
    public void CommitRepeated(string reason) => _repeats.Add(1, new KeyValuePair<string, object?>("reason", reason));

    public void FreshnessRead(int requests) => _freshness.Record(requests);
}
