using Microsoft.Extensions.Hosting;
using OpenTelemetry.Metrics;
using OpenTelemetry.Trace;

namespace EnergyLoad.Hosting;

/// <summary>Keeps the exporters alive as long as the host, and flushes them when it stops.</summary>
internal sealed class TelemetryExport(TracerProvider traces, MeterProvider metrics) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken)
    {
        traces.Dispose();
        metrics.Dispose();
        return Task.CompletedTask;
    }
}
