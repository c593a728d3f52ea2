using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Publishing;

namespace EnergyLoad.ReceiveApi.Hosting;

/// <summary>What is done once a minute, whatever happened: what no wake-up reached is told, and what is old is deleted.</summary>
internal sealed class Sweep(
    PublishingRun publishing,
    Outboxes outboxes,
    ErrorReportRetention reports,
    AuthSweep auth,
    IEnumerable<AuditAnchoring> anchoring,
    ReceiveMetrics metrics)
{
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        metrics.Aged(nameof(outboxes.Publishing), await outboxes.Publishing.LagAsync(cancellationToken));
        metrics.Aged(nameof(outboxes.Archiving), await outboxes.Archiving.LagAsync(cancellationToken));
        await publishing.RunAsync(cancellationToken);
        await reports.RunAsync(cancellationToken);
        await auth.RunAsync(cancellationToken);

        // The library's own loop stands still while the platform takes the CPU away between requests.
        foreach (var log in anchoring)
        {
            await log.AnchorIfDueAsync(cancellationToken);
        }
    }
}
