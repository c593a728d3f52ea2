using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>Finds messages, newest first.</summary>
internal sealed class SearchStore(Database database)
{
    private const string Columns = """
        m.id, m.message_key, m.sender, m.meter, IF(m.state = 2 AND m.settles_at <= UTC_TIMESTAMP(6), 6, m.state) AS state,
        m.reason, m.accepted_at, m.delivered_at, m.settles_at, m.due_at, m.resend_of
        """;

    private const string ErrorsOfSome = """
        SELECT e.message_id, e.reading, e.error_code, e.error_message
        FROM reading_errors e JOIN messages m ON m.id = e.message_id AND m.cycle = e.cycle
        WHERE e.message_id IN @ids ORDER BY e.reported_at
        """;

    /// <summary>One page.</summary>
    public async Task<MessagePage> FindAsync(SearchFilter filter, CancellationToken cancellationToken)
    {
        var parameters = await SearchSql.ParametersAsync(filter, database.QueryAsync<string?>, cancellationToken);
        parameters["most"] = filter.Limit + 1;
        var rows = await database.QueryAsync<FoundRow>(SqlOf(filter), parameters, cancellationToken);
        var page = rows.Take(filter.Limit).ToList();
        var items = filter.At is { } at ? await AtInstantAsync(page, at, cancellationToken) : [.. page.Select(row => row.ToSummary())];
        return new MessagePage(items, rows.Count > filter.Limit ? SearchFilter.CursorOf(page[^1].Id) : null);
    }

    internal static string SqlOf(SearchFilter filter) =>
        $"SELECT STRAIGHT_JOIN {Columns}{(filter.At is null ? "" : ", m.body")} {SearchSql.Of(filter)} ORDER BY s.id DESC LIMIT @most";

    /// <summary>Of the messages whose period holds the instant, those that have a reading of it.</summary>
    private async Task<List<MessageSummary>> AtInstantAsync(List<FoundRow> rows, DateTimeOffset at, CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            return [];
        }

        var errors = (await database.QueryAsync<ReadingErrorRow>(ErrorsOfSome, new { ids = rows.Select(row => row.Id) }, cancellationToken))
            .ToLookup(error => SendId.FromBytes(error.MessageId));
        var found = rows.Select(row => row.ToSummary() with
        {
            Readings = ReadingStates.Of(row.Body!, row.State, errors[SendId.FromBytes(row.Id)], at),
        });
        return [.. found.Where(summary => summary.Readings!.Count > 0)];
    }

    private sealed class FoundRow
    {
        public required byte[] Id { get; init; }

        public required string MessageKey { get; init; }

        public required string Sender { get; init; }

        public required string Meter { get; init; }

        public required MessageState State { get; init; }

        public required string? Reason { get; init; }

        public required DateTimeOffset AcceptedAt { get; init; }

        public required DateTimeOffset? DeliveredAt { get; init; }

        public required DateTimeOffset? SettlesAt { get; init; }

        public required DateTimeOffset DueAt { get; init; }

        public required byte[]? ResendOf { get; init; }

        public byte[]? Body { get; init; }

        public MessageSummary ToSummary() => new()
        {
            SendId = SendId.FromBytes(Id).ToString(),
            MessageId = MessageKey,
            Sender = Sender,
            Meter = Meter,
            State = StatusStore.NameOf(State),
            Reason = Reason,
            AcceptedAt = AcceptedAt,
            DeliveredAt = DeliveredAt,
            SettledAt = State == MessageState.Settled ? SettlesAt : null,
            NextAttemptAt = State is MessageState.Accepted or MessageState.Parked && DueAt.Year < 9999 ? DueAt : null,
            ResendOf = ResendOf is null ? null : SendId.FromBytes(ResendOf).ToString(),
        };
    }
}
