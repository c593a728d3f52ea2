using EnergyLoad.Faults.Tests.Traffic;
using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Reckoning;

/// <summary>The tables of both services, as far as one run of traffic is concerned.</summary>
internal sealed class ServiceBooks(FaultWorld world, TrafficRun traffic)
{
    private const string Messages = """
        SELECT m.id, CAST(m.message_key AS CHAR) AS message_key, m.state, CAST(m.reason AS CHAR) AS reason, COUNT(a.n) AS attempts,
          CAST(COALESCE(SUM(a.reason = 'ConnectFailed'), 0) AS SIGNED) AS unreached, CAST(COALESCE(SUM(a.outcome = 3), 0) AS SIGNED) AS unknown
        FROM messages m LEFT JOIN attempts a ON a.message_id = m.id
        WHERE m.sender = @sender AND m.message_key LIKE @keys GROUP BY m.id
        """;

    // What still moves: waits for its delivery, for Pub/Sub, for the archive, for its mark, for its row in the search.
    private const string Pending = "SELECT COUNT(*) FROM messages WHERE sender = @sender AND message_key LIKE @keys AND state = 0";
    private const string Outboxes = "SELECT (SELECT COUNT(*) FROM receive_outbox) + (SELECT COUNT(*) FROM receive_archive_outbox)";
    private const string Unsearchable = """
        SELECT COUNT(*) FROM messages m LEFT JOIN message_search s ON s.id = m.id
        WHERE m.sender = @sender AND m.message_key LIKE @keys AND (s.id IS NULL OR s.state <> m.state)
        """;

    private const string Marked = "SELECT DISTINCT CAST(esight_id AS CHAR) FROM error_events WHERE esight_id LIKE @keys";
    private const string Kept = """
        SELECT CAST(esight_id AS CHAR) FROM error_reports WHERE esight_id LIKE @keys AND published_at IS NOT NULL AND archived_at IS NOT NULL
        """;

    private const string Total = "SELECT COUNT(*) FROM messages";

    public Task<List<MessageRow>> MessagesAsync() => world.Server.QueryAsync<MessageRow>(Messages, Parameters);

    public async Task<HashSet<string>> MarkedAsync() => [.. await world.Server.QueryAsync<string>(Marked, Parameters)];

    public async Task<HashSet<string>> KeptAsync() => [.. await world.Server.QueryAsync<string>(Kept, Parameters)];

    public Task<long> TotalAsync() => world.Server.ReadAsync<long>(Total);

    /// <summary>What still moves; everything is zero when it is quiet.</summary>
    public async Task<Unfinished> UnfinishedAsync() => new(
        await world.Server.ReadAsync<long>(Pending, Parameters),
        await world.Server.ReadAsync<long>(Outboxes),
        traffic.Books.Reports.DistinctBy(report => report.EsightId).Count() - (await MarkedAsync()).Count,
        await world.Server.ReadAsync<long>(Unsearchable, Parameters));

    private object Parameters => new { sender = world.Stack.Users["sender"].Username, keys = $"{traffic.Prefix}%" };
}
