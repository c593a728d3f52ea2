using EnergyLoad.Audit.Anchoring;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Audit;

/// <summary>
/// Keeps the heads of the lanes outside the database. It runs by itself in a service that was given an <see cref="AuditAnchor"/>;
/// a platform that takes the CPU away between requests calls it from its scheduled sweep as well.
/// </summary>
public sealed partial class AuditAnchoring
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(5);
    private readonly AnchorStore _store;
    private readonly AuditAnchor _keep;
    private readonly TimeSpan _interval;
    private readonly AuditMetrics _metrics;
    private readonly ILogger<AuditAnchoring> _logger;
    private AnchorObject? _unkept;

    internal AuditAnchoring(AnchorStore store, AuditAnchor keep, TimeSpan interval, AuditMetrics metrics, ILogger<AuditAnchoring> logger) =>
        (_store, _keep, _interval, _metrics, _logger) = (store, keep, interval, metrics, logger);

    /// <summary>
    /// Takes an anchor if none was taken in the last interval by any instance, and keeps it outside. A failure is raised as an alert
    /// and tried again; it is not thrown.
    /// </summary>
    /// <param name="cancellationToken">Ends the attempt.</param>
    /// <returns>How long to wait before the next call.</returns>
    public async Task<TimeSpan> AnchorIfDueAsync(CancellationToken cancellationToken)
    {
        AnchorObject? anchor = null;
        try
        {
            var turn = await _store.TakeAsync(_interval, cancellationToken);
            if (turn.Height is { } height)
            {
                _metrics.ChainHeight.Set(height);
            }

            // A newer anchor says all that an older one of the same chain says.
            var unkept = Interlocked.Exchange(ref _unkept, null);
            anchor = turn.Taken ?? unkept;
            if (anchor is not null)
            {
                await _keep(anchor, cancellationToken);
            }

            return turn.NextIn;
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            // The delegate is the service's and may throw anything; the loop must outlive it.
            _unkept = anchor ?? _unkept;
            _metrics.AnchorFailed();
            Log.Failed(_logger, exception);
            return RetryAfter < _interval ? RetryAfter : _interval;
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4003, LogLevel.Error, "ALERT: the heads of the audit log could not be anchored outside the database")]
        public static partial void Failed(ILogger logger, Exception exception);
    }
}
