using System.Data.Common;
using System.Runtime.CompilerServices;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>Makes the events of kept reports; the same rows always make the same events.</summary>
internal sealed class ReportEvents(Database database, IOptions<PublishingOptions> options)
{
    private const int ItemsAtOnce = 1000;

    private const string SelectReports = $"SELECT {ErrorReportQueries.ReportColumns} FROM error_reports r WHERE r.id IN @ids ORDER BY r.id";

    private const string SelectNews = $"""
        SELECT {ErrorReportQueries.ItemColumns} FROM error_items i
        WHERE i.report_id IN @ids AND i.is_news = 1 ORDER BY i.report_id, i.position
        """;

    /// <summary>Reads as it goes: a report may have many items.</summary>
    public async IAsyncEnumerable<ErrorReportEvent> OfAsync(
        IReadOnlyList<byte[]> ids, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var reports = await database.QueryAsync<ReportRow>(SelectReports, new { ids }, cancellationToken);
        foreach (var group in Groups(reports))
        {
            var items = await database.QueryAsync<ItemRow>(SelectNews, new { ids = group.Select(report => report.Id) }, cancellationToken);
            var itemsOf = items.ToLookup(item => new Guid(item.ReportId, bigEndian: true));
            foreach (var told in group.SelectMany(report => Of(report, itemsOf[report.ReportId])))
            {
                yield return told;
            }
        }
    }

    /// <summary>The events of a report; of one without items, that it came.</summary>
    /// <param name="report">The report's row.</param>
    /// <param name="news">The rows of those of its items that are news.</param>
    public IEnumerable<ErrorReportEvent> Of(ReportRow report, IEnumerable<ItemRow> news)
    {
        var receipt = ReceiptOf(report);
        return report.ItemCount == 0 ? [receipt] : news.Select(item => Of(receipt, item));
    }

    /// <summary>Writes into the books, with the commit of the transaction, that the events of the reports are with Pub/Sub.</summary>
    public static void MarkPublished(DbTransaction transaction, IEnumerable<byte[]> ids) => transaction.ExecuteAtCommit(
        $"UPDATE error_reports SET published_at = UTC_TIMESTAMP(6) WHERE id IN ({HexLiteral.OfAll(ids)})");

    /// <summary>Few large reports or many small ones: about as many items at a time either way.</summary>
    private static IEnumerable<List<ReportRow>> Groups(List<ReportRow> reports)
    {
        var group = new List<ReportRow>();
        var items = 0;
        foreach (var report in reports)
        {
            group.Add(report);
            items += report.ItemCount;
            if (items >= ItemsAtOnce)
            {
                yield return group;
                (group, items) = ([], 0);
            }
        }

        if (group.Count > 0)
        {
            yield return group;
        }
    }

    private ErrorReportEvent ReceiptOf(ReportRow report) => new()
    {
        EventId = report.ItemCount == 0 ? EventIds.OfReceipt(report.EsightId, report.MessageId) : Guid.Empty,
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

    private static ErrorReportEvent Of(ErrorReportEvent receipt, ItemRow item) => receipt with
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
