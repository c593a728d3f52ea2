using EnergyLoad.MySql;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes.Retention;

/// <summary>
/// Deletes what ended as long ago as messages are kept (imports, resend jobs, incidents), and thins the counts of refused messages from
/// one row a minute to one an hour. Events in quarantine stay: nobody has seen to them.
/// </summary>
internal sealed class BooksRetention(Database database, IOptions<OutcomeOptions> options)
{
    private const int AtOnce = 500;
    private const int MostBatches = 20;

    private static readonly string[] Deletes =
    [
        "DELETE FROM import_objects WHERE ended_at < UTC_TIMESTAMP(6) - INTERVAL @days DAY LIMIT @most",
        """
        DELETE FROM imports WHERE listed = 1 AND started_at < UTC_TIMESTAMP(6) - INTERVAL @days DAY
          AND NOT EXISTS (SELECT 1 FROM import_objects o WHERE o.import_id = imports.id) LIMIT @most
        """,
        "DELETE FROM resend_jobs WHERE finished_at < UTC_TIMESTAMP(6) - INTERVAL @days DAY LIMIT @most",
        "DELETE FROM incident_meters WHERE last_seen < UTC_TIMESTAMP(6) - INTERVAL @days DAY LIMIT @most",
        "DELETE FROM incidents WHERE last_seen < UTC_TIMESTAMP(6) - INTERVAL @days DAY LIMIT @most",
    ];

    // An hour at a time, the oldest first.
    private const string OldestMinute = """
        SELECT MIN(minute) FROM refusal_counts WHERE minute < UTC_TIMESTAMP() - INTERVAL @days DAY AND MINUTE(minute) > 0
        """;

    private const string AddToHours = """
        INSERT INTO refusal_counts (minute, sender, market, feed, code, messages)
        SELECT DATE_FORMAT(r.minute, '%Y-%m-%d %H:00:00'), r.sender, r.market, r.feed, r.code, SUM(r.messages) FROM refusal_counts r
        WHERE r.minute >= @from AND r.minute < @to AND MINUTE(r.minute) > 0 GROUP BY 1, 2, 3, 4, 5
        ON DUPLICATE KEY UPDATE messages = refusal_counts.messages + VALUES(messages)
        """;

    private const string DeleteMinutes = "DELETE FROM refusal_counts WHERE minute >= @from AND minute < @to AND MINUTE(minute) > 0";

    /// <summary>Puts away what is old enough, a bounded number of batches.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        var days = options.Value.KeepDays;
        foreach (var delete in Deletes)
        {
            for (var batch = 0; batch < MostBatches && await DeleteAsync(delete, days, cancellationToken) == AtOnce; batch++)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }
        }

        await ThinAsync(days, cancellationToken);
    }

    private Task<int> DeleteAsync(string sql, int days, CancellationToken cancellationToken) =>
        database.ExecuteAsync(sql, new { days, most = AtOnce }, cancellationToken);

    private async Task ThinAsync(int days, CancellationToken cancellationToken)
    {
        for (var batch = 0; batch < MostBatches; batch++)
        {
            if ((await database.QueryAsync<DateTime?>(OldestMinute, new { days }, cancellationToken))[0] is not { } oldest)
            {
                return;
            }

            var hour = oldest.Date.AddHours(oldest.Hour);
            await database.InTransactionAsync(
                async (transaction, token) =>
                {
                    var range = new { from = hour, to = hour.AddHours(1) };
                    await transaction.ExecuteAsync(AddToHours, range, token);
                    await transaction.ExecuteAsync(DeleteMinutes, range, token);
                },
                cancellationToken);
        }
    }
}
