using System.Diagnostics.Metrics;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>What the service counts.</summary>
internal static class ReceiveMetrics
{
    private static readonly Meter Meter = new("EnergyLoad.ReceiveApi");

    /// <summary>Reports that were posted, by outcome: kept, repeated, refused.</summary>
    public static readonly Counter<long> Reports = Meter.CreateCounter<long>("receive.reports", "{report}");

    /// <summary>Events that Pub/Sub has taken.</summary>
    public static readonly Counter<long> Published = Meter.CreateCounter<long>("receive.events.published", "{event}");

    /// <summary>Reports whose events were put back, to be published again.</summary>
    public static readonly Counter<long> NotPublished = Meter.CreateCounter<long>("receive.publishing.postponed", "{report}");

    /// <summary>Raw reports that were put back, to be archived again.</summary>
    public static readonly Counter<long> NotArchived = Meter.CreateCounter<long>("receive.archiving.postponed", "{report}");
}
