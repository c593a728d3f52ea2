namespace EnergyLoad.Hosting;

/// <summary>Which requests leave a line of their own in the log.</summary>
public enum RequestLines
{
    /// <summary>Those that were not answered with 2xx: the platform's own request log and the metrics have the others.</summary>
    NotSuccessful,

    /// <summary>All but the probes.</summary>
    All,
}
