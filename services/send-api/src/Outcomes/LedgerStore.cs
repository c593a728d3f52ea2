using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Counts both sides of the ledger from one snapshot: left, what the commits counted; right, the messages themselves.</summary>
internal sealed class LedgerStore(Database database)
{
    // An id may run ahead of its batch's time by the ids that one millisecond did not hold.
    private static readonly TimeSpan IdMargin = TimeSpan.FromSeconds(1);

    /// <summary>Counts a period of acceptance.</summary>
    /// <param name="from">First instant of the period.</param>
    /// <param name="to">First instant after it.</param>
    /// <param name="groupBy">What to group by; null for one group.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    public async Task<LedgerView> CountAsync(DateTimeOffset from, DateTimeOffset to, LedgerGrouping? groupBy, CancellationToken cancellationToken)
    {
        var range = new { from, to, first = SendId.FloorOf(from).ToBytes(), last = SendId.FloorOf(to + IdMargin).ToBytes() };
        var rows = await database.QueryAsync<CountRow>(Counts(groupBy is { } grouping ? ColumnOf(grouping) : "''"), range, cancellationToken);
        var groups = rows.GroupBy(row => row.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => ToGroup(group.Key, groupBy, group)).ToArray();
        var total = new LedgerTotal(
            groups.Aggregate(new LedgerCounts(), (sum, group) => sum + group.Messages),
            groups.Aggregate(new LedgerCounts(), (sum, group) => sum + group.Readings));
        return new LedgerView(from, to, groupBy is null ? [] : groups, total, groups.All(group => group.Balanced));
    }

    private static string Counts(string column) => $"""
        SELECT {column} AS name, NULL AS state, SUM(messages) AS messages, SUM(readings) AS readings, 0 AS rejected
        FROM ledger_counts WHERE id >= @first AND id < @last AND accepted_at >= @from AND accepted_at < @to GROUP BY 1
        UNION ALL
        SELECT {column}, IF(state = 2 AND settles_at <= UTC_TIMESTAMP(6), 6, state), COUNT(*), SUM(readings), SUM(rejected_readings)
        FROM messages WHERE id >= @first AND id < @last AND accepted_at >= @from AND accepted_at < @to GROUP BY 1, 2
        """;

    private static string ColumnOf(LedgerGrouping groupBy) => groupBy switch
    {
        LedgerGrouping.Hour => "DATE_FORMAT(accepted_at, '%Y-%m-%dT%H:00:00Z')",
        LedgerGrouping.Day => "DATE_FORMAT(accepted_at, '%Y-%m-%d')",
        LedgerGrouping.Market => "market",
        LedgerGrouping.Feed => "feed",
        LedgerGrouping.Sender => "sender",
    };

    private static LedgerGroup ToGroup(string name, LedgerGrouping? groupBy, IEnumerable<CountRow> rows)
    {
        var (messages, readings) = (new LedgerCounts(), new LedgerCounts());
        foreach (var row in rows)
        {
            if (row.State is not { } state)
            {
                messages += new LedgerCounts { Accepted = row.Messages };
                readings += new LedgerCounts { Accepted = row.Readings };
                continue;
            }

            // A rejected message's readings are rejected with it; of the others, those that an error report names.
            var rejected = state == MessageState.Rejected ? row.Readings : row.Rejected;
            messages += LedgerCounts.Of(state, row.Messages);
            readings += LedgerCounts.Of(state, row.Readings - rejected) + LedgerCounts.Of(MessageState.Rejected, rejected);
        }

        return new LedgerGroup(messages, readings, messages.Balanced && readings.Balanced)
        {
            Hour = groupBy == LedgerGrouping.Hour ? name : null,
            Day = groupBy == LedgerGrouping.Day ? name : null,
            Market = groupBy == LedgerGrouping.Market ? name : null,
            Feed = groupBy == LedgerGrouping.Feed ? name : null,
            Sender = groupBy == LedgerGrouping.Sender ? name : null,
        };
    }

    private sealed class CountRow
    {
        public required string Name { get; init; }

        public required MessageState? State { get; init; }

        public required long Messages { get; init; }

        public required long Readings { get; init; }

        public required long Rejected { get; init; }
    }
}
