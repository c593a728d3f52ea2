using Microsoft.Extensions.Hosting;

namespace EnergyLoad.Audit.Anchoring;

internal sealed class AnchorLoop(AuditAnchoring anchoring, TimeProvider timeProvider) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            await Task.Delay(await anchoring.AnchorIfDueAsync(stoppingToken), timeProvider, stoppingToken);
        }
    }
}
