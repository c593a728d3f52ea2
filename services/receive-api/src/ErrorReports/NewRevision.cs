using EnergyLoad.MySql;

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

    public void AddTo(InsertRows rows, DateTimeOffset storedAt)
    {
        var report = Report.Report;
        rows.Add(Key).Add(report.EsightId).Add(Revision).Add(Report.BodyHash).Add(report.MessageId)
            .Add(report.Identity.SendId?.ToByteArray(bigEndian: true)).Add(report.Identity.Feed).Add(report.Identity.Market)
            .Add(report.ReceivedTsIso8601).Add((int)report.Marks).Add(report.Items.Count).Add(News.Count).Add(Report.TraceParent)
            .Add(Report.ReceivedAt).Add(storedAt).AddBody(Report.Body);
    }

    public void AddItemTo(InsertRows rows, int position, HashSet<Guid> news)
    {
        var (item, eventId) = (Report.Report.Items[position], Report.EventIds[position]);
        rows.Add(Key).Add(position).Add(eventId.ToByteArray(bigEndian: true)).Add(news.Contains(eventId) ? 1 : 0)
            .Add(item.ErrorCode).Add(item.ErrorMessage).Add(item.DatapointKey).Add(item.Value).Add(item.TsIso8601).Add((int)item.Marks);
    }
}
