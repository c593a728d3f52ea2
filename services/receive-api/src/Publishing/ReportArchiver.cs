using System.Data.Common;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>Lays the raw reports into the archive. A bucket that is down delays the archive and nothing else.</summary>
internal sealed partial class ReportArchiver(
    ArchiveQueue queue,
    StorageBucket bucket,
    IOptions<PublishingOptions> options,
    ArchivePace pace,
    ReceiveMetrics metrics,
    ILogger<ReportArchiver> logger)
{
    private const long OnlyIfAbsent = 0;
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(12);

    /// <summary>Archives the reports that are due; false when there are none.</summary>
    public Task<bool> StepAsync(CancellationToken cancellationToken) => pace.RunAsync(ArchiveDueAsync, cancellationToken);

    private async Task<bool> ArchiveDueAsync(CancellationToken cancellationToken)
    {
        var due = await queue.ClaimAsync(cancellationToken);
        if (due.Count == 0)
        {
            return false;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(GiveUp);
        var archived = await Task.WhenAll(due.Select(entry => TryArchiveAsync(entry.Report, deadline.Token)));
        var rows = due.Select(entry => entry.Row).ToList();
        await queue.FinishAsync([.. rows.Where((_, i) => archived[i])], [.. rows.Where((_, i) => !archived[i])]);
        return true;
    }

    private async Task<bool> TryArchiveAsync(ReportRow? report, CancellationToken cancellationToken)
    {
        if (report is null)
        {
            return true;
        }

        try
        {
            await ArchiveAsync(report, await queue.BodyOfAsync(report, cancellationToken), cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException or DbException)
        {
            Log.NotArchived(logger, report.ReportId, report.SendIdOrNull, report.MessageId, exception);
            metrics.Postponed(nameof(Outboxes.Archiving), 1);
            return false;
        }
    }

    private async Task ArchiveAsync(ReportRow report, byte[] body, CancellationToken cancellationToken)
    {
        if (!await InsertAsync(ArchivePath.Of(options.Value.ArchivePrefix, report), body, cancellationToken))
        {
            Log.NameTaken(logger, report.ReportId, report.SendIdOrNull, report.MessageId);
            await InsertAsync(ArchivePath.OfReport(options.Value.ArchivePrefix, report), body, cancellationToken);
        }
    }

    private async Task<bool> InsertAsync(string path, byte[] body, CancellationToken cancellationToken)
    {
        var location = new StorageLocation(options.Value.ArchiveBucket, path);
        return await bucket.InsertAsync(location, body, "application/json", OnlyIfAbsent, cancellationToken) is StorageInsertion.Written;
    }

    private static partial class Log
    {
        [LoggerMessage(
            6121, LogLevel.Warning, "Report {ReportId} about {MessageId} ({SendId}) could not be archived; it stays in the outbox")]
        public static partial void NotArchived(ILogger logger, Guid reportId, Guid? sendId, string? messageId, Exception exception);

        [LoggerMessage(
            6122,
            LogLevel.Warning,
            "The archive holds other content under the name of report {ReportId} about {MessageId} ({SendId}); it gets a name of its own")]
        public static partial void NameTaken(ILogger logger, Guid reportId, Guid? sendId, string? messageId);
    }
}
