using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Hosting;

/// <summary>How much waits, and for how long: read by the sweep, for the gauges that all instances share.</summary>
internal sealed class SendLevels(Database database, SendMetrics metrics)
{
    // From the rows behind the accept path, whose index answers each without touching a message.
    private const string OldestPending = """
        SELECT TIMESTAMPDIFF(MICROSECOND, accepted_at, UTC_TIMESTAMP(6)) FROM message_search FORCE INDEX (by_state)
        WHERE state = @state ORDER BY id LIMIT 1
        """;

    private const string Count = "SELECT COUNT(*) FROM message_search FORCE INDEX (by_state) WHERE state = @state";

    private const string SearchLag = """
        SELECT TIMESTAMPDIFF(MICROSECOND, m.accepted_at, UTC_TIMESTAMP(6)) FROM messages m LEFT JOIN message_search s ON s.id = m.id
        WHERE m.id > (SELECT up_to FROM search_cursor WHERE id = 1) AND s.id IS NULL ORDER BY m.id LIMIT 1
        """;

    // A message settles by the clock; searches show it once their row says that it was delivered. Of a long backlog the oldest are looked
    // at.
    private const string SettledLag = """
        SELECT TIMESTAMPDIFF(MICROSECOND, MIN(m.settles_at), UTC_TIMESTAMP(6)) FROM (
          (SELECT id FROM message_search FORCE INDEX (by_state) WHERE state = 0 ORDER BY id LIMIT 5000)
          UNION ALL
          (SELECT id FROM message_search FORCE INDEX (by_state) WHERE state = 1 ORDER BY id LIMIT 5000)
          UNION ALL
          (SELECT n.id FROM messages n LEFT JOIN message_search s ON s.id = n.id
           WHERE n.id > (SELECT up_to FROM search_cursor WHERE id = 1) AND s.id IS NULL ORDER BY n.id LIMIT 5000)) shown
        STRAIGHT_JOIN messages m ON m.id = shown.id WHERE m.state = 2 AND m.settles_at <= UTC_TIMESTAMP(6)
        """;

    private const string OldestQuarantined = "SELECT TIMESTAMPDIFF(MICROSECOND, MIN(received_at), UTC_TIMESTAMP(6)) FROM quarantine";

    // 0 open, 1 held by the breaker, a block or the storm guard, 2 paused by an operator.
    private const string Gate = """
        SELECT CASE WHEN paused_at IS NOT NULL THEN 2 WHEN closed_reason IS NOT NULL THEN 1 ELSE 0 END FROM esight_gate WHERE id = 1
        """;

    public async Task ReadAsync(CancellationToken cancellationToken)
    {
        metrics.PendingAge.Set(await SecondsAsync(OldestPending, new { state = MessageState.Accepted }, cancellationToken));
        metrics.Parked.Set(await NumberAsync(Count, new { state = MessageState.Parked }, cancellationToken));
        metrics.Dead.Set(await NumberAsync(Count, new { state = MessageState.Dead }, cancellationToken));
        metrics.SearchLag.Set(await SecondsAsync(SearchLag, null, cancellationToken));
        metrics.SettledLag.Set(await SecondsAsync(SettledLag, null, cancellationToken));
        metrics.QuarantineAge.Set(await SecondsAsync(OldestQuarantined, null, cancellationToken));
        metrics.GateState.Set(await NumberAsync(Gate, null, cancellationToken));
    }

    private async Task<double> SecondsAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        TimeSpan.FromMicroseconds(Math.Max(0, await NumberAsync(sql, parameters, cancellationToken))).TotalSeconds;

    private async Task<long> NumberAsync(string sql, object? parameters, CancellationToken cancellationToken) =>
        (await database.QueryAsync<long?>(sql, parameters, cancellationToken)).SingleOrDefault() ?? 0;
}
