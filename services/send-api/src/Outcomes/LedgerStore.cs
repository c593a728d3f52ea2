using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>
/// Counts both sides of the ledger from one snapshot: left, what the commits counted; right, the messages themselves; of each what
/// retention has put into the summary; and beside them what was refused.
/// </summary>
internal sealed class LedgerStore(Database database)
{
    // An id may run ahead of its batch's time by the ids that one millisecond did not hold.
    private static readonly TimeSpan IdMargin = TimeSpan.FromSeconds(1);

    private const string Summarised = "SELECT TIMESTAMPDIFF(HOUR, '1970-01-01', MAX(hour)) FROM ledger_summary";

    /// <summary>Counts a period of acceptance; where it reaches into the summary, whole hours of it.</summary>
    /// <param name="from">First instant of the period.</param>
    /// <param name="to">First instant after it.</param>
    /// <param name="groupBy">What to group by; null for one group.</param>
    /// <param name="cancellationToken">Cancels the count.</param>
    public Task<LedgerView> CountAsync(
        DateTimeOffset from, DateTimeOffset to, LedgerGrouping? groupBy, CancellationToken cancellationToken) =>
        database.InSnapshotAsync((snapshot, token) => CountAsync(snapshot, from, to, groupBy, token), cancellationToken);

    private static async Task<LedgerView> CountAsync(
        DbTransaction snapshot, DateTimeOffset from, DateTimeOffset to, LedgerGrouping? groupBy, CancellationToken cancellationToken)
    {
        if ((await snapshot.QueryAsync<long?>(Summarised, null, cancellationToken)).Single() is { } last)
        {
            var end = DateTimeOffset.UnixEpoch.AddHours(last + 1);
            from = from < end ? HourOf(from) : from;
            to = to < end && to > HourOf(to) ? HourOf(to).AddHours(1) : to;
        }

        var range = new { from, to, first = SendId.FloorOf(from).ToBytes(), last = SendId.FloorOf(to + IdMargin).ToBytes() };
        var rows = await snapshot.QueryAsync<CountRow>(Counts(groupBy), range, cancellationToken);
        var groups = rows.GroupBy(row => row.Name, StringComparer.Ordinal).OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => ToGroup(group.Key, groupBy, group)).ToArray();
        return new LedgerView(from, to, groupBy is null ? [] : groups, ToTotal(groups, rows), groups.All(group => group.Balanced));
    }

    private static DateTimeOffset HourOf(DateTimeOffset instant) => instant - TimeSpan.FromTicks(instant.UtcTicks % TimeSpan.TicksPerHour);

    private static string Counts(LedgerGrouping? groupBy) => $"""
        SELECT 0 AS side, {ColumnOf(groupBy, "accepted_at")} AS name, NULL AS state, '' AS code,
          SUM(messages) AS messages, SUM(readings) AS readings, 0 AS rejected
        FROM ledger_counts WHERE id >= @first AND id < @last AND accepted_at >= @from AND accepted_at < @to GROUP BY 2
        UNION ALL
        SELECT 1, {ColumnOf(groupBy, "accepted_at")}, IF(state = 2 AND settles_at <= UTC_TIMESTAMP(6), 6, state), '',
          COUNT(*), SUM(readings), SUM(rejected_readings)
        FROM messages WHERE id >= @first AND id < @last AND accepted_at >= @from AND accepted_at < @to GROUP BY 2, 3
        UNION ALL
        SELECT IF(state < 0, 0, 1), {ColumnOf(groupBy, "hour")}, IF(state < 0, NULL, state), '', SUM(messages), SUM(readings), SUM(rejected)
        FROM ledger_summary WHERE hour >= @from AND hour < @to GROUP BY 1, 2, 3
        UNION ALL
        SELECT 2, {ColumnOf(groupBy, "minute")}, NULL, code, SUM(messages), 0, 0
        FROM refusal_counts WHERE minute > @from - INTERVAL 1 MINUTE AND minute < @to GROUP BY 2, 4
        """;

    private static string ColumnOf(LedgerGrouping? groupBy, string time) => groupBy switch
    {
        LedgerGrouping.Hour => $"DATE_FORMAT({time}, '%Y-%m-%dT%H:00:00Z')",
        LedgerGrouping.Day => $"DATE_FORMAT({time}, '%Y-%m-%d')",
        LedgerGrouping.Market => "market",
        LedgerGrouping.Feed => "feed",
        LedgerGrouping.Sender => "sender",
        null => "''",
    };

    private static LedgerTotal ToTotal(LedgerGroup[] groups, List<CountRow> rows) => new(
        groups.Aggregate(new LedgerCounts(), (sum, group) => sum + group.Messages),
        groups.Aggregate(new LedgerCounts(), (sum, group) => sum + group.Readings),
        groups.Sum(group => group.Refused),
        [.. rows.Where(row => row.Side == LedgerSide.Refused).GroupBy(row => row.Code, StringComparer.Ordinal)
            .OrderBy(code => code.Key, StringComparer.Ordinal).Select(code => new RefusedCount(code.Key, code.Sum(row => row.Messages)))]);

    private static LedgerGroup ToGroup(string name, LedgerGrouping? groupBy, IEnumerable<CountRow> rows)
    {
        var (messages, readings, refused) = (new LedgerCounts(), new LedgerCounts(), 0L);
        foreach (var row in rows)
        {
            switch (row.Side)
            {
                case LedgerSide.Left:
                    messages += new LedgerCounts { Accepted = row.Messages };
                    readings += new LedgerCounts { Accepted = row.Readings };
                    break;
                case LedgerSide.Right:
                    messages += LedgerCounts.Of(row.State!.Value, row.Messages);
                    readings += row.ReadingCounts;
                    break;
                default:
                    refused += row.Messages;
                    break;
            }
        }

        return new LedgerGroup(messages, readings, refused, messages.Balanced && readings.Balanced)
        {
            Hour = groupBy == LedgerGrouping.Hour ? name : null,
            Day = groupBy == LedgerGrouping.Day ? name : null,
            Market = groupBy == LedgerGrouping.Market ? name : null,
            Feed = groupBy == LedgerGrouping.Feed ? name : null,
            Sender = groupBy == LedgerGrouping.Sender ? name : null,
        };
    }

    private enum LedgerSide
    {
        Left = 0,
        Right = 1,
        Refused = 2,
    }

    private sealed class CountRow
    {
        public required LedgerSide Side { get; init; }

        public required string Name { get; init; }

        public required MessageState? State { get; init; }

        public required string Code { get; init; }

        public required long Messages { get; init; }

        public required long Readings { get; init; }

        public required long Rejected { get; init; }

        /// <summary>A rejected message's readings are rejected with it; of the others, those that an error report names.</summary>
        public LedgerCounts ReadingCounts
        {
            get
            {
                var rejected = State == MessageState.Rejected ? Readings : Rejected;
                return LedgerCounts.Of(State!.Value, Readings - rejected) + LedgerCounts.Of(MessageState.Rejected, rejected);
            }
        }
    }
}
