using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>Turns a filter into SQL: one index leads, the other conditions are looked at on its way.</summary>
internal static class SearchSql
{
    // An id may run ahead of its batch's time by the ids that one millisecond did not hold.
    private static readonly TimeSpan IdMargin = TimeSpan.FromSeconds(1);

    private const string NextSender = "SELECT MIN(sender) FROM messages WHERE sender > @after";

    /// <summary>FROM and WHERE, for the search rows as <c>s</c> and the messages as <c>m</c>.</summary>
    public static string Of(SearchFilter filter)
    {
        var conditions = ConditionsOf(filter).Where(condition => condition.Applies).Select(condition => condition.Sql).Append("TRUE");
        var where = string.Join(" AND ", conditions);
        var from = filter.MessageId is null
            ? $"message_search s FORCE INDEX ({IndexOf(filter)}) JOIN messages m"
            : $"messages m FORCE INDEX ({IndexOf(filter)}) JOIN message_search s";
        return $"FROM {from} ON m.id = s.id WHERE {where}";
    }

    /// <param name="filter">What <see cref="Of"/> was given.</param>
    /// <param name="query">Runs a statement where the search will run.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    public static async Task<Dictionary<string, object?>> ParametersAsync(
        SearchFilter filter, Func<string, object?, CancellationToken, Task<List<string?>>> query, CancellationToken cancellationToken) => new()
    {
        ["senders"] = filter.MessageId is null ? null : await SendersAsync(filter, query, cancellationToken),
        ["owner"] = filter.Owner,
        ["messageId"] = filter.MessageId,
        ["sender"] = filter.Sender,
        ["market"] = filter.Market,
        ["feed"] = filter.Feed,
        ["site"] = filter.Site,
        ["meter"] = filter.Meter,
        ["at"] = filter.At,
        ["state"] = StoredStateOf(filter.State),
        ["reason"] = filter.Reason,
        ["errorCode"] = filter.ErrorCode,
        ["from"] = filter.From,
        ["to"] = filter.To,
        ["fromId"] = filter.From is { } from ? SendId.FloorOf(from).ToBytes() : null,
        ["toId"] = filter.To is { } to ? SendId.FloorOf(to + IdMargin).ToBytes() : null,
        ["before"] = filter.Before,
    };

    /// <summary>The index that finds the fewest rows beside the page's own, judged by what each column is like.</summary>
    public static string IndexOf(SearchFilter filter) => filter switch
    {
        { MessageId: not null } => "natural_key",
        { Meter: not null } => "by_meter",
        { Reason: not (null or nameof(ReasonCode.Success)) } => "by_reason",
        { State: not (null or MessageState.Delivered or MessageState.Settled) } => "by_state",
        { Site: not null } => "by_site",
        { Sender: not null } or { Owner: not null } => "by_sender",
        { Feed: not null } => "by_feed",
        { Market: not null } => "by_market",
        { State: not null } => "by_state",
        { Reason: not null } => "by_reason",
        _ => "PRIMARY",
    };

    // The search row chooses, and lags; the message decides, so that no answer contradicts its own search.
    private static (bool Applies, string Sql)[] ConditionsOf(SearchFilter filter) =>
    [
        (filter.Owner is not null, "s.sender = @owner"),

        // What was resent in part goes by the sender's messageId and #r with a number.
        (filter.MessageId is not null,
            """
            m.sender IN @senders
            AND (m.message_key = @messageId OR (m.message_key > CONCAT(@messageId, '#r') AND m.message_key < CONCAT(@messageId, '#s')))
            """),
        (filter.Sender is not null, "s.sender = @sender"),
        (filter.Market is not null, "s.market = @market"),
        (filter.Feed is not null, "s.feed = @feed"),
        (filter.Site is not null, "s.site_code = @site"),
        (filter.Meter is not null, "s.meter = @meter"),
        (filter.At is not null, "s.last_at >= @at AND s.first_at <= @at"),
        (filter.State is not null, "s.state = @state AND m.state = @state"),
        (filter.State is MessageState.Delivered, "(s.settles_at > UTC_TIMESTAMP(6) AND m.settles_at > UTC_TIMESTAMP(6))"),
        (filter.State is MessageState.Settled, "(s.settles_at <= UTC_TIMESTAMP(6) AND m.settles_at <= UTC_TIMESTAMP(6))"),
        (filter.Reason is not null, "s.reason = @reason AND m.reason = @reason"),
        (filter.ErrorCode is not null,
            "EXISTS (SELECT 1 FROM reading_errors e WHERE e.message_id = s.id AND e.cycle = m.cycle AND e.error_code = @errorCode)"),
        (filter.From is not null, "s.id >= @fromId AND s.accepted_at >= @from"),
        (filter.To is not null, "s.id < @toId AND s.accepted_at < @to"),
        (filter.Before is not null, "s.id < @before"),
    ];

    /// <summary>Whose messages may have the messageId: it is found by sender, for an index without would cost each message its entry.</summary>
    private static async Task<List<string>> SendersAsync(
        SearchFilter filter, Func<string, object?, CancellationToken, Task<List<string?>>> query, CancellationToken cancellationToken)
    {
        if ((filter.Owner ?? filter.Sender) is { } only)
        {
            return [only];
        }

        // They are few, and each is one look into the index; nobody goes by the first.
        List<string> senders = [""];
        while ((await query(NextSender, new { after = senders[^1] }, cancellationToken))[0] is { } next)
        {
            senders.Add(next);
        }

        return senders;
    }

    private static MessageState? StoredStateOf(MessageState? state) => state == MessageState.Settled ? MessageState.Delivered : state;
}
