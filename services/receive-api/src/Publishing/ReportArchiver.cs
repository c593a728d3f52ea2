using System.Data.Common;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>Lays the raw reports into the archive. A bucket that is down delays the archive and nothing else.</summary>
internal sealed partial class ReportArchiver(
    Database database,
    Outboxes outboxes,
    StorageBucket bucket,
    IOptions<PublishingOptions> options,
    ReceiveMetrics metrics,
    ILogger<ReportArchiver> logger)
{
    private const int AtOnce = 16;
    private const long OnlyIfAbsent = 0;
    private const string SelectReport = $"SELECT {ErrorReportQueries.ReportColumns}, r.body FROM error_reports r WHERE r.id = @id";
    private const string MarkArchived = "UPDATE error_reports SET archived_at = UTC_TIMESTAMP(6) WHERE id IN @ids";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(12);

    /// <summary>Archives the reports that are due; false when there are none.</summary>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var rows = await outboxes.Archiving.ClaimAsync(AtOnce, Lease, cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(GiveUp);
        var archived = await Task.WhenAll(rows.Select(row => TryArchiveAsync(row, deadline.Token)));
        await FinishAsync([.. rows.Where((_, i) => archived[i])], [.. rows.Where((_, i) => !archived[i])]);
        return true;
    }

    private async Task<bool> TryArchiveAsync(OutboxRow row, CancellationToken cancellationToken)
    {
        try
        {
            await ArchiveAsync(row.Payload, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException or DbException)
        {
            Log.NotArchived(logger, new Guid(row.Payload, bigEndian: true), exception);
            metrics.Postponed(nameof(outboxes.Archiving), 1);
            return false;
        }
    }

    private async Task ArchiveAsync(byte[] id, CancellationToken cancellationToken)
    {
        if (await database.QueryAsync<ReportRow>(SelectReport, new { id }, cancellationToken) is [var report] && !await InsertAsync(ArchivePath.Of(options.Value.ArchivePrefix, report), report, cancellationToken))
        {
            Log.NameTaken(logger, report.ReportId);
            await InsertAsync(ArchivePath.OfReport(options.Value.ArchivePrefix, report), report, cancellationToken);
        }
    }

    private async Task<bool> InsertAsync(string path, ReportRow report, CancellationToken cancellationToken) =>
        await bucket.InsertAsync(
            new StorageLocation(options.Value.ArchiveBucket, path), report.Body, "application/json", OnlyIfAbsent, cancellationToken) is StorageInsertion.Written;

    private async Task FinishAsync(IReadOnlyList<OutboxRow> archived, IReadOnlyList<OutboxRow> failed)
    {
        if (archived.Count > 0)
        {
            await database.ExecuteAsync(MarkArchived, new { ids = archived.Select(row => row.Payload) }, CancellationToken.None);
        }

        await outboxes.Archiving.CompleteAsync([.. archived.Select(row => row.Id)], CancellationToken.None);
        var attempts = failed.Select(row => row.Attempts).DefaultIfEmpty().Max();
        await outboxes.Archiving.PostponeAsync([.. failed.Select(row => row.Id)], Retry.DelayAfter(attempts), CancellationToken.None);
    }

    private static partial class Log
    {
        [LoggerMessage(6121, LogLevel.Warning, "Report {ReportId} could not be archived; it stays in the outbox")]
        public static partial void NotArchived(ILogger logger, Guid reportId, Exception exception);

        [LoggerMessage(6122, LogLevel.Warning, "The archive holds other content under the name of report {ReportId}; it gets a name of its own")]
        public static partial void NameTaken(ILogger logger, Guid reportId);
    }
}
