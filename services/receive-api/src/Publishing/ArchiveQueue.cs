using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>The reports whose raw bytes are not in the archive yet.</summary>
internal sealed class ArchiveQueue(Database database, Outboxes outboxes)
{
    private const int AtOnce = 32;
    private const int LargeBody = 64 * 1024;

    // A large body is read by itself, when its turn comes: a few of them would take much memory together.
    private const string SelectReports = $"""
        SELECT {ErrorReportQueries.ReportColumns}, IF(LENGTH(r.body) < @large, r.body, '') AS body FROM error_reports r WHERE r.id IN @ids
        """;

    private const string SelectBody = "SELECT body FROM error_reports WHERE id = @id";

    /// <summary>Takes reports that are due; one that was deleted meanwhile is null.</summary>
    public async Task<IReadOnlyList<(OutboxRow Row, ReportRow? Report)>> ClaimAsync(CancellationToken cancellationToken)
    {
        var rows = await outboxes.Archiving.ClaimAsync(AtOnce, OutboxTelling.Lease, cancellationToken);
        if (rows.Count == 0)
        {
            return [];
        }

        var parameters = new { large = LargeBody, ids = rows.Select(row => row.Payload) };
        var found = await database.QueryAsync<ReportRow>(SelectReports, parameters, cancellationToken);
        var reports = found.ToDictionary(report => report.ReportId);
        return [.. rows.Select(row => (row, reports.GetValueOrDefault(new Guid(row.Payload, bigEndian: true))))];
    }

    /// <summary>The bytes of a claimed report.</summary>
    public async Task<byte[]> BodyOfAsync(ReportRow report, CancellationToken cancellationToken) =>
        report.Body.Length > 0
            ? report.Body
            : (await database.QueryAsync<byte[]>(SelectBody, new { id = report.Id }, cancellationToken)).Single();

    /// <summary>Lets go of what was archived, and puts back what was not.</summary>
    public async Task FinishAsync(IReadOnlyList<OutboxRow> archived, IReadOnlyList<OutboxRow> failed)
    {
        await outboxes.Archiving.CompleteAsync(
            [.. archived.Select(row => row.Id)], transaction => MarkArchived(transaction, archived), CancellationToken.None);
        await outboxes.Archiving.PostponeAsync(failed, CancellationToken.None);
    }

    private static void MarkArchived(DbTransaction transaction, IReadOnlyList<OutboxRow> rows) => transaction.ExecuteAtCommit(
        $"UPDATE error_reports SET archived_at = UTC_TIMESTAMP(6) WHERE id IN ({HexLiteral.OfAll(rows.Select(row => row.Payload))})");
}
