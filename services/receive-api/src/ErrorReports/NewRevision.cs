using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>
/// A report with its place among the revisions of its <c>_id</c>, as the rows that are written: reading them back gives the same.
/// </summary>
internal sealed class NewRevision
{
    private readonly ReceivedReport _received;

    /// <param name="received">The report.</param>
    /// <param name="revision">Its number, from 1.</param>
    /// <param name="news">The events that must be told; the others were told by an earlier revision.</param>
    /// <param name="storedAt">When it is written.</param>
    public NewRevision(ReceivedReport received, int revision, IReadOnlyList<Guid> news, DateTimeOffset storedAt)
    {
        (_received, News) = (received, news);
        Row = RowOf(received, revision, storedAt);
        Items = ItemsOf(received, Row.Id, news);
    }

    public IReadOnlyList<Guid> News { get; }

    public ReportRow Row { get; }

    public IReadOnlyList<ItemRow> Items { get; }

    public IReadOnlyList<Guid> EventIds => _received.EventIds;

    public int BodyLength => _received.Body.Length;

    public KeptRevision ToKept() => new()
    {
        Id = Row.Id,
        EsightId = Row.EsightId,
        Revision = Row.Revision,
        BodyHash = _received.BodyHash,
        MessageId = Row.MessageId,
    };

    public void AddTo(InsertRows rows) =>
        rows.Add(Row.Id).Add(Row.EsightId).Add(Row.Revision).Add(_received.BodyHash).Add(Row.MessageId).Add(Row.SendId).Add(Row.Feed)
            .Add(Row.Market).Add(Row.EsightReceived).Add(Row.Marks).Add(Row.ItemCount).Add(News.Count).Add(Row.TraceParent)
            .Add(Row.ReceivedAt).Add(Row.StoredAt).AddBody(_received.Body);

    private static ReportRow RowOf(ReceivedReport received, int revision, DateTimeOffset storedAt)
    {
        var report = received.Report;
        return new ReportRow
        {
            Id = received.Id.ToByteArray(bigEndian: true),
            EsightId = report.EsightId,
            Revision = revision,
            MessageId = report.MessageId,
            SendId = report.Identity.SendId?.ToByteArray(bigEndian: true),
            Feed = report.Identity.Feed,
            Market = report.Identity.Market,
            EsightReceived = report.ReceivedTsIso8601,
            Marks = (int)report.Marks,
            ItemCount = report.Items.Count,
            TraceParent = received.TraceParent,
            ReceivedAt = ToMicrosecond(received.ReceivedAt),
            StoredAt = ToMicrosecond(storedAt),
        };
    }

    private static ItemRow[] ItemsOf(ReceivedReport received, byte[] reportId, IReadOnlyList<Guid> news)
    {
        var isAllNews = ReferenceEquals(news, received.EventIds);
        var told = isAllNews ? [] : news.ToHashSet();
        var rows = new ItemRow[received.Report.Items.Count];
        for (var position = 0; position < rows.Length; position++)
        {
            var (item, eventId) = (received.Report.Items[position], received.EventIds[position]);
            rows[position] = new ItemRow
            {
                ReportId = reportId,
                Position = position,
                EventId = eventId.ToByteArray(bigEndian: true),
                IsNews = isAllNews || told.Contains(eventId),
                ErrorCode = item.ErrorCode,
                ErrorMessage = item.ErrorMessage,
                DatapointKey = item.DatapointKey,
                WrittenValue = item.Value,
                TsIso8601 = item.TsIso8601,
                Marks = (int)item.Marks,
            };
        }

        return rows;
    }

    // A DATETIME(6) holds no more.
    private static DateTimeOffset ToMicrosecond(DateTimeOffset value) =>
        new(value.UtcTicks - (value.UtcTicks % TimeSpan.TicksPerMicrosecond), TimeSpan.Zero);
}
