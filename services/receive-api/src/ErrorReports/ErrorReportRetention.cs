using EnergyLoad.MySql;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>Deletes old reports from the books, in small batches; never one that was not told and archived.</summary>
internal sealed class ErrorReportRetention(Database database, IOptions<ErrorReportOptions> options, TimeProvider timeProvider)
{
    private const int ReportsAtOnce = 200;
    private const int MostBatches = 20;

    private const string SelectOld = """
        SELECT id FROM error_reports
        WHERE id < @before AND archived_at IS NOT NULL AND (published_at IS NOT NULL OR event_count = 0)
        ORDER BY id LIMIT @most FOR UPDATE SKIP LOCKED
        """;

    private const string DeleteItems = "DELETE FROM error_items WHERE report_id IN @ids";
    private const string DeleteReports = "DELETE FROM error_reports WHERE id IN @ids";

    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var total = 0;
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var deleted = await DeleteAsync(cancellationToken);
            total += deleted;
            if (deleted < ReportsAtOnce)
            {
                break;
            }
        }

        return total;
    }

    private Task<int> DeleteAsync(CancellationToken cancellationToken)
    {
        var before = ReportIds.FirstOf(timeProvider.GetUtcNow() - TimeSpan.FromDays(options.Value.KeepDays));
        return database.InTransactionAsync(
            async (transaction, token) =>
            {
                var ids = await transaction.QueryAsync<byte[]>(SelectOld, new { before, most = ReportsAtOnce }, token);
                if (ids.Count > 0)
                {
                    await transaction.ExecuteAsync(DeleteItems, new { ids }, token);
                    await transaction.ExecuteAsync(DeleteReports, new { ids }, token);
                }

                return ids.Count;
            },
            cancellationToken);
    }
}
