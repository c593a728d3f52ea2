using System.Runtime.CompilerServices;
using Dapper;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>Makes the events of kept reports; the same rows always make the same events.</summary>
internal sealed class ReportEvents(Database database, IOptions<PublishingOptions> options)
{
    private const string SelectReports = $"SELECT {ErrorReportQueries.ReportColumns} FROM error_reports r WHERE r.id IN @ids ORDER BY r.id";

    private const string SelectNews = $"""
        SELECT {ErrorReportQueries.ItemColumns} FROM error_items i WHERE i.report_id IN @ids AND i.is_news = 1 ORDER BY i.report_id, i.position
        """;

    /// <summary>Reads as it goes: a report may have many items.</summary>
    public async IAsyncEnumerable<ErrorReportEvent> OfAsync(IReadOnlyList<byte[]> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var rows = await connection.QueryAsync<ReportRow>(new CommandDefinition(SelectReports, new { ids }, cancellationToken: cancellationToken));
        var reports = rows.ToDictionary(row => row.ReportId);
        foreach (var report in reports.Values.Where(report => report.ItemCount == 0))
        {
            yield return Of(report);
        }

        await foreach (var item in connection.QueryUnbufferedAsync<ItemRow>(SelectNews, new { ids }).WithCancellation(cancellationToken))
        {
            yield return Of(reports[new Guid(item.ReportId, bigEndian: true)], item);
        }
    }

    private ErrorReportEvent Of(ReportRow report) => new()
    {
        EventId = EventIds.OfReceipt(report.EsightId, report.MessageId),
        ReportId = report.ReportId,
        EsightId = report.EsightId,
        Revision = report.Revision,
        MessageId = report.MessageId,
        SendId = report.SendIdOrNull,
        Feed = report.Feed,
        Market = report.Market,
        ReportMarks = ((ReportMarks)report.Marks).Names(),
        ItemCount = report.ItemCount,
        ReceivedAt = report.ReceivedAt,
        Traceparent = report.TraceParent,
        Ending = report.StoredAt,
        EsightReceived = report.EsightReceived,
        DestinationBucket = options.Value.ArchiveBucket,
        DestinationPath = ArchivePath.Of(options.Value.ArchivePrefix, report),
    };

    private ErrorReportEvent Of(ReportRow report, ItemRow item) => Of(report) with
    {
        EventId = new Guid(item.EventId, bigEndian: true),
        Item = item.Position,
        ItemMarks = ((ItemMarks)item.Marks).Names(),
        ErrorCode = item.ErrorCode,
        ErrorMessage = item.ErrorMessage,
        DatapointKey = item.DatapointKey,
        Value = item.WrittenValue,
        TsIso8601 = item.TsIso8601,
    };
}
