namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>A report with its place among the revisions of its <c>_id</c>.</summary>
/// <param name="Report">The report.</param>
/// <param name="Revision">Its number, from 1.</param>
/// <param name="News">The events that must be told; the others were told by an earlier revision.</param>
internal sealed record NewRevision(ReceivedReport Report, int Revision, IReadOnlyList<Guid> News)
{
    private byte[] Key => Report.Id.ToByteArray(bigEndian: true);

    public KeptRevision ToKept() => new()
    {
        Id = Key,
        EsightId = Report.Report.EsightId,
        Revision = Revision,
        BodyHash = Report.BodyHash,
        MessageId = Report.Report.MessageId,
    };

    public object?[] ToRow(DateTimeOffset storedAt) =>
    [
        Key, Report.Report.EsightId, Revision, Report.BodyHash, Report.Report.MessageId,
        Report.Report.Identity.SendId?.ToByteArray(bigEndian: true), Report.Report.Identity.Feed, Report.Report.Identity.Market,
        Report.Report.ReceivedTsIso8601, (int)Report.Report.Marks, Report.Report.Items.Count, News.Count, Report.TraceParent,
        Report.ReceivedAt.UtcDateTime, storedAt.UtcDateTime, Report.Body,
    ];

    public object?[] ToItemRow(int position, HashSet<Guid> news)
    {
        var (item, eventId) = (Report.Report.Items[position], Report.EventIds[position]);
        return
        [
            Key, position, eventId.ToByteArray(bigEndian: true), news.Contains(eventId), item.ErrorCode, item.ErrorMessage, item.DatapointKey,
            item.Value, item.TsIso8601, (int)item.Marks,
        ];
    }
}
