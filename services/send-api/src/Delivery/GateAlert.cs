using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>Tells the operators how delivery fares: what alerts are made of.</summary>
internal sealed partial class GateAlert(SendMetrics metrics, ILogger<GateAlert> logger)
{
    /// <summary>Tells of attempts that were recorded, and of the gate that closed or opened with them.</summary>
    public void Tell(IReadOnlyList<Attempt> attempts, GateChange? change)
    {
        foreach (var attempt in attempts)
        {
            metrics.Attempted(attempt.Verdict);
        }

        if (change is null)
        {
            return;
        }

        metrics.GateChanged(change);
        switch (change)
        {
            case { Reason: null }:
                Log.Opened(logger);
                break;
            case { Reason: nameof(Outcomes.ReasonCode.RejectionStorm) }:
                Log.Storm(logger, change.RejectedAs);
                break;
            default:
                Log.Closed(logger, change.Reason);
                break;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(3011, LogLevel.Error, "Delivery to e-Sight is held: {Reason}")]
        public static partial void Closed(ILogger logger, string reason);

        [LoggerMessage(3012, LogLevel.Warning, "Delivery to e-Sight goes on")]
        public static partial void Opened(ILogger logger);

        [LoggerMessage(3013, LogLevel.Error, "Delivery to e-Sight is held: messages of many meters in a row were rejected as {RejectedAs}")]
        public static partial void Storm(ILogger logger, string? rejectedAs);
    }
}
