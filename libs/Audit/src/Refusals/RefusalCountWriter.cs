using System.Data.Common;
using EnergyLoad.Audit.Chain;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace EnergyLoad.Audit.Refusals;

/// <summary>At the end of each interval, and once more when the service stops, writes what was counted: one row per key.</summary>
internal sealed partial class RefusalCountWriter(
    RefusalBounds refusals,
    Database database,
    LaneWriter writer,
    RowFactory rows,
    IOptions<AuditOptions> options,
    ILogger<RefusalCountWriter> logger)
    : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await WriteAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(options.Value.RefusalInterval);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            await WriteAsync(stoppingToken);
        }
    }

    private async Task WriteAsync(CancellationToken cancellationToken)
    {
        foreach (var (key, count) in refusals.Turn())
        {
            try
            {
                await database.InTransactionAsync(
                    (transaction, token) => writer.AppendAsync(transaction, rows.CreateCounted(key, count), whenRefused: null, token),
                    cancellationToken);
            }
            catch (Exception exception) when (exception is DbException or UnavailableException or OperationCanceledException)
            {
                refusals.PutBack(key, count);
                Log.Unwritten(logger, count, key.Type.Name, exception);
            }
        }
    }

    private static partial class Log
    {
        [LoggerMessage(
            4002, LogLevel.Error, "ALERT: {Count} counted refusals of kind {Kind} could not be written; they are kept for the next turn")]
        public static partial void Unwritten(ILogger logger, long count, string kind, Exception exception);
    }
}
