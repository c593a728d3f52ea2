using System.Data.Common;
using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Writes reports into the books, many in one transaction, each with its items and with what must be told of it.</summary>
internal sealed class ErrorReportStore(Database database, Outboxes outboxes, TimeProvider timeProvider)
{
    private const string InsertReports = """
        INSERT INTO error_reports (id, esight_id, revision, body_hash, message_id, send_id, feed, market, esight_received, marks, item_count,
          event_count, trace_parent, received_at, stored_at, body) VALUES
        """;

    // Not INSERT IGNORE, which hides every other error too. The row that was there stays as it is, and stays locked until the commit:
    // revisions of one report wait for each other here.
    private const string UnlessKnown = "ON DUPLICATE KEY UPDATE id = id";

    private const string InsertItems = """
        INSERT INTO error_items (report_id, position, event_id, is_news, error_code, error_message, datapoint_key, written_value, ts_iso8601, marks)
        VALUES
        """;

    private const string SelectRevisions = """
        SELECT id, esight_id, revision, body_hash, message_id FROM error_reports WHERE esight_id IN @ids ORDER BY revision
        """;

    private const string SelectToldEvents = "SELECT event_id FROM error_items WHERE report_id IN @ids";

    /// <summary>Writes reports of which every <c>_id</c> is new, mostly in one round trip with the commit; it is refused if one is not.</summary>
    /// <returns>What becomes of each with the commit, in the order of the batch.</returns>
    public async Task<IReadOnlyList<SaveOutcome>> WriteNewAsync(
        DbTransaction transaction, IReadOnlyList<ReceivedReport> batch, CancellationToken cancellationToken)
    {
        var revisions = FirstsOf(batch, timeProvider.GetUtcNow());
        (await WriteReportsAsync(transaction, revisions, unless: null, cancellationToken)).FlushAtCommit();
        await InsertItemsAsync(transaction, revisions, cancellationToken);
        var claimed = outboxes.Add(transaction, revisions);
        return
        [
            .. batch.Select(report =>
                new SaveOutcome.Kept(report.Id, 1, report.EventIds.Count) { Claimed = claimed.GetValueOrDefault(report.Id) }),
        ];
    }

    /// <summary>Keeps every report of the batch that is not kept yet; all of them, or none.</summary>
    /// <returns>What became of each, in the order of the batch.</returns>
    public Task<IReadOnlyList<SaveOutcome>> SaveAsync(IReadOnlyList<ReceivedReport> batch, CancellationToken cancellationToken) =>
        database.InTransactionAsync((transaction, token) => SaveAsync(transaction, batch, token), cancellationToken);

    private async Task<IReadOnlyList<SaveOutcome>> SaveAsync(
        DbTransaction transaction, IReadOnlyList<ReceivedReport> batch, CancellationToken cancellationToken)
    {
        var storedAt = timeProvider.GetUtcNow();
        var revisions = FirstsOf(batch.DistinctBy(report => report.Report.EsightId), storedAt);
        var written = await InsertReportsAsync(transaction, revisions, UnlessKnown, cancellationToken);
        var known = written == revisions.Count
            ? revisions.Select(revision => revision.ToKept())
            : await transaction.QueryAsync<KeptRevision>(
                SelectRevisions, new { ids = revisions.Select(revision => revision.Row.EsightId) }, cancellationToken);
        var books = known.GroupBy(row => row.EsightId, StringComparer.Ordinal)
            .ToDictionary(group => group.Key, group => group.ToList(), StringComparer.Ordinal);

        var outcomes = new SaveOutcome[batch.Count];
        var fresh = new List<NewRevision>(batch.Count);
        foreach (var i in Enumerable.Range(0, batch.Count).OrderBy(i => batch[i].Report.EsightId, StringComparer.Ordinal))
        {
            outcomes[i] = await PlaceAsync(transaction, batch[i], books[batch[i].Report.EsightId], fresh, storedAt, cancellationToken);
        }

        await InsertItemsAsync(transaction, fresh, cancellationToken);
        var claimed = outboxes.Add(transaction, fresh);
        return
        [
            .. outcomes.Select(outcome =>
                outcome is SaveOutcome.Kept kept ? kept with { Claimed = claimed.GetValueOrDefault(kept.ReportId) } : outcome),
        ];
    }

    /// <summary>First revisions, in one order for all writers, so that two batches with the same reports queue up instead of locking each other out.</summary>
    private static List<NewRevision> FirstsOf(IEnumerable<ReceivedReport> reports, DateTimeOffset storedAt) =>
        [.. reports.OrderBy(report => report.Report.EsightId, StringComparer.Ordinal)
            .Select(report => new NewRevision(report, 1, report.EventIds, storedAt))];

    private static async Task<SaveOutcome> PlaceAsync(
        DbTransaction transaction, ReceivedReport report, List<KeptRevision> known, List<NewRevision> fresh, DateTimeOffset storedAt,
        CancellationToken cancellationToken)
    {
        if (known.Find(revision => revision.Is(report)) is { } mine)
        {
            fresh.Add(new NewRevision(report, mine.Revision, report.EventIds, storedAt));
            return new SaveOutcome.Kept(report.Id, mine.Revision, report.EventIds.Count);
        }

        if (known.Find(revision => revision.Holds(report)) is { } same)
        {
            return new SaveOutcome.Repeated(new Guid(same.Id, bigEndian: true), same.Revision);
        }

        var next = await NextRevisionAsync(transaction, report, known, fresh, storedAt, cancellationToken);
        await InsertReportsAsync(transaction, [next], unless: null, cancellationToken);
        fresh.Add(next);
        known.Add(next.ToKept());
        return new SaveOutcome.Kept(report.Id, next.Row.Revision, next.News.Count);
    }

    private static async Task<NewRevision> NextRevisionAsync(
        DbTransaction transaction, ReceivedReport report, List<KeptRevision> known, List<NewRevision> fresh, DateTimeOffset storedAt,
        CancellationToken cancellationToken)
    {
        var ids = known.Select(revision => revision.Id);
        var rows = await transaction.QueryAsync<byte[]>(SelectToldEvents, new { ids }, cancellationToken);

        // Revisions of this very batch have no item rows yet.
        var told = rows.Select(id => new Guid(id, bigEndian: true))
            .Concat(fresh.Where(earlier => earlier.Row.EsightId == report.Report.EsightId).SelectMany(earlier => earlier.EventIds))
            .ToHashSet();

        // That a message arrived is no news when an earlier revision named it.
        var receiptIsOld = report.Report.Items.Count == 0 && known.Exists(revision => revision.MessageId == report.Report.MessageId);
        IReadOnlyList<Guid> news = receiptIsOld ? [] : report.EventIds.Where(id => !told.Contains(id)).ToList();
        return new NewRevision(report, known[^1].Revision + 1, news, storedAt);
    }

    private static async Task<int> InsertReportsAsync(
        DbTransaction transaction, IReadOnlyList<NewRevision> revisions, string? unless, CancellationToken cancellationToken)
    {
        var writer = await WriteReportsAsync(transaction, revisions, unless, cancellationToken);
        await writer.FlushAsync(cancellationToken);
        return writer.Written;
    }

    /// <returns>Who holds the last rows.</returns>
    private static async Task<RowWriter> WriteReportsAsync(
        DbTransaction transaction, IReadOnlyList<NewRevision> revisions, string? unless, CancellationToken cancellationToken)
    {
        var writer = new RowWriter(transaction, InsertReports, unless);
        foreach (var revision in revisions)
        {
            revision.AddTo(await writer.RowAsync(revision.BodyLength, cancellationToken));
        }

        return writer;
    }

    private static async Task InsertItemsAsync(DbTransaction transaction, List<NewRevision> revisions, CancellationToken cancellationToken)
    {
        var writer = new RowWriter(transaction, InsertItems);
        foreach (var revision in revisions)
        {
            foreach (var item in revision.Items)
            {
                item.AddTo(await writer.RowAsync(bytes: 0, cancellationToken));
            }
        }

        writer.FlushAtCommit();
    }
}
