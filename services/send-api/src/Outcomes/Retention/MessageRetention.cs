using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes.Publishing;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes.Retention;

/// <summary>
/// Deletes old messages in small batches, and moves their counts into the summary in the same commit, so that the ledger balances for
/// ever. What waits, and what died, stays: a dead letter is never deleted unseen.
/// </summary>
internal sealed class MessageRetention(Database database, OutcomeOutbox outbox, IOptions<OutcomeOptions> options, TimeProvider timeProvider)
{
    private const int MessagesAtOnce = 200;
    private const int CountsAtOnce = 1_000;
    private const int MostBatches = 20;

    private const string OldMessages = """
        SELECT id FROM messages WHERE id < @before AND (state IN (3, 5) OR (state = 2 AND settles_at <= UTC_TIMESTAMP(6)))
        ORDER BY id LIMIT @most FOR UPDATE SKIP LOCKED
        """;

    private const string Add = """
        ON DUPLICATE KEY UPDATE messages = ledger_summary.messages + VALUES(messages),
          readings = ledger_summary.readings + VALUES(readings),
          rejected = ledger_summary.rejected + VALUES(rejected)
        """;

    // Delivered is settled by now; -1 is the ledger's left side.
    private const string SumMessages = $"""
        INSERT INTO ledger_summary (hour, sender, market, feed, state, messages, readings, rejected)
        SELECT DATE_FORMAT(m.accepted_at, '%Y-%m-%d %H:00:00'), m.sender, m.market, m.feed, IF(m.state = 2, 6, m.state),
          COUNT(*), SUM(m.readings), SUM(m.rejected_readings)
        FROM messages m WHERE m.id IN @ids GROUP BY 1, 2, 3, 4, 5
        {Add}
        """;

    private const string OldCounts = "SELECT id FROM ledger_counts WHERE id < @before ORDER BY id LIMIT @most FOR UPDATE SKIP LOCKED";

    private const string SumCounts = $"""
        INSERT INTO ledger_summary (hour, sender, market, feed, state, messages, readings, rejected)
        SELECT DATE_FORMAT(c.accepted_at, '%Y-%m-%d %H:00:00'), c.sender, c.market, c.feed, -1, SUM(c.messages), SUM(c.readings), 0
        FROM ledger_counts c WHERE c.id IN @ids GROUP BY 1, 2, 3, 4
        {Add}
        """;

    private const string DeleteCounts = "DELETE FROM ledger_counts WHERE id IN @ids";

    private static readonly string[] DeleteMessages =
    [
        "DELETE FROM attempts WHERE message_id IN @ids",
        "DELETE FROM reading_errors WHERE message_id IN @ids",
        "DELETE FROM error_events WHERE message_id IN @ids",
        "DELETE FROM resends WHERE message_id IN @ids",
        "DELETE FROM message_search WHERE id IN @ids",
        "DELETE FROM messages WHERE id IN @ids",
    ];

    /// <summary>Puts away what is old enough, a bounded number of batches.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        // What is not told yet is read from the messages when it is told.
        var keep = TimeSpan.FromDays(options.Value.KeepDays);
        if (await outbox.Rows.LagAsync(cancellationToken) > keep / 2)
        {
            return;
        }

        // Whole hours, as the summary has them.
        var oldest = timeProvider.GetUtcNow() - keep;
        var before = SendId.FloorOf(oldest - TimeSpan.FromTicks(oldest.UtcTicks % TimeSpan.TicksPerHour)).ToBytes();
        await BatchesAsync(OldMessages, MessagesAtOnce, SumMessages, DeleteMessages, before, cancellationToken);
        await BatchesAsync(OldCounts, CountsAtOnce, SumCounts, [DeleteCounts], before, cancellationToken);
    }

    private async Task BatchesAsync(string find, int most, string sum, string[] deletes, byte[] before, CancellationToken cancellationToken)
    {
        for (var batch = 0; batch < MostBatches; batch++)
        {
            var moved = await database.InTransactionAsync(
                (transaction, token) => MoveAsync(transaction, find, most, [sum, .. deletes], before, token), cancellationToken);
            if (moved < most)
            {
                return;
            }
        }
    }

    private static async Task<int> MoveAsync(
        DbTransaction transaction, string find, int most, string[] statements, byte[] before, CancellationToken cancellationToken)
    {
        var ids = await transaction.QueryAsync<byte[]>(find, new { before, most }, cancellationToken);
        foreach (var statement in ids.Count == 0 ? [] : statements)
        {
            await transaction.ExecuteAsync(statement, new { ids }, cancellationToken);
        }

        return ids.Count;
    }
}
