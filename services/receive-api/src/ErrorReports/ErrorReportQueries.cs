using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Reads the books.</summary>
internal sealed class ErrorReportQueries(Database database)
{
    public const string ReportColumns = """
        r.id, r.esight_id, r.revision, r.message_id, r.send_id, r.feed, r.market, r.esight_received, r.marks, r.item_count, r.trace_parent,
        r.received_at, r.stored_at, r.published_at, r.archived_at
        """;

    public const string ItemColumns = """
        i.report_id, i.position, i.event_id, i.is_news, i.error_code, i.error_message, i.datapoint_key, i.written_value, i.ts_iso8601,
        i.marks
        """;

    private const string SelectReport = $"SELECT {ReportColumns} FROM error_reports r WHERE r.id = @id";

    private const string SelectItems = $"SELECT {ItemColumns} FROM error_items i WHERE i.report_id = @id ORDER BY i.position";

    private const string SelectRevisions = $"SELECT {ReportColumns} FROM error_reports r WHERE r.esight_id = @esightId ORDER BY r.revision";

    // A sender knows its message id without the send id that was appended to it: both find the report.
    private const string OfMessage = """
        (r.message_id = @messageId
          OR (r.message_id > CONCAT(@messageId, '_') AND r.message_id < CONCAT(@messageId, '`')
            AND LENGTH(r.message_id) = LENGTH(@messageId) + 37))
        """;

    private const string WithErrorCode = "EXISTS (SELECT 1 FROM error_items i WHERE i.report_id = r.id AND i.error_code = @errorCode)";

    public async Task<ReportView?> FindAsync(Guid reportId, CancellationToken cancellationToken)
    {
        var id = new { id = reportId.ToByteArray(bigEndian: true) };
        if (await database.QueryAsync<ReportRow>(SelectReport, id, cancellationToken) is not [var report])
        {
            return null;
        }

        var items = await database.QueryAsync<ItemRow>(SelectItems, id, cancellationToken);
        var revisions = await database.QueryAsync<ReportRow>(SelectRevisions, new { esightId = report.EsightId }, cancellationToken);
        return report.ToView() with
        {
            Errors = [.. items.Select(item => item.ToView())],
            Revisions = [.. revisions.Select(row => new RevisionView(row.ReportId, row.Revision, row.ReceivedAt))],
        };
    }

    public async Task<ReportPage> SearchAsync(SearchFilter filter, CancellationToken cancellationToken)
    {
        var conditions = ConditionsOf(filter).Where(condition => condition.Applies).Select(condition => condition.Sql).Append("TRUE");
        var sql = $"SELECT {ReportColumns} FROM error_reports r WHERE {string.Join(" AND ", conditions)} ORDER BY r.id DESC LIMIT @most";
        var parameters = new
        {
            messageId = filter.MessageId,
            sendId = filter.SendId?.ToByteArray(bigEndian: true),
            market = filter.Market,
            feed = filter.Feed,
            errorCode = filter.ErrorCode,
            from = filter.From,
            to = filter.To,
            fromId = filter.From is { } from ? ReportIds.FirstOf(from) : null,
            toId = filter.To is { } to ? ReportIds.FirstOf(to.AddMilliseconds(1)) : null,
            before = filter.Before,
            most = filter.Limit + 1,
        };

        var rows = await database.QueryAsync<ReportRow>(sql, parameters, cancellationToken);
        var page = rows.Take(filter.Limit).Select(row => row.ToView()).ToList();
        return new ReportPage(page, rows.Count > filter.Limit ? SearchFilter.CursorOf(page[^1].ReportId) : null);
    }

    private static (bool Applies, string Sql)[] ConditionsOf(SearchFilter filter) =>
    [
        (filter.MessageId is not null, OfMessage),
        (filter.SendId is not null, "r.send_id = @sendId"),
        (filter.Market is not null, "r.market = @market"),
        (filter.Feed is not null, "r.feed = @feed"),
        (filter.ErrorCode is not null, WithErrorCode),
        (filter.From is not null, "r.id >= @fromId AND r.received_at >= @from"),
        (filter.To is not null, "r.id < @toId AND r.received_at < @to"),
        (filter.Before is not null, "r.id < @before"),
    ];
}
