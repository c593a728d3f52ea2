using System.Globalization;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes.Resending;

namespace EnergyLoad.SendApi.Outcomes.Incidents;

/// <summary>Reads incidents, the latest first.</summary>
internal sealed class IncidentStore(Database database)
{
    // Meters of an earlier time of the same cause stay, and are not counted.
    private const string Select = """
        SELECT i.id, i.source, i.error_code, i.error_message, i.market, i.feed, i.items, i.first_seen, i.last_seen,
          i.accepted_from, i.accepted_to,
          (SELECT COUNT(*) FROM incident_meters n WHERE n.incident_id = i.id AND n.last_seen >= i.first_seen) AS meters,
          (SELECT MIN(n.meter) FROM incident_meters n WHERE n.incident_id = i.id AND n.last_seen >= i.first_seen) AS meter
        FROM incidents i
        """;

    private const string OfMeter =
        "EXISTS (SELECT 1 FROM incident_meters n WHERE n.incident_id = i.id AND n.meter = @meter AND n.last_seen >= i.first_seen)";

    /// <summary>One page.</summary>
    public async Task<IncidentPage> FindAsync(IncidentFilter filter, CancellationToken cancellationToken)
    {
        var conditions = ConditionsOf(filter).Where(condition => condition.Applies).Select(condition => condition.Sql).Append("TRUE");
        var sql = $"{Select} WHERE {string.Join(" AND ", conditions)} ORDER BY i.last_seen DESC, i.id DESC LIMIT @most";
        var parameters = new
        {
            market = filter.Market,
            feed = filter.Feed,
            meter = filter.Meter,
            errorCode = filter.ErrorCode,
            from = filter.From,
            to = filter.To,
            beforeAt = filter.BeforeAt,
            beforeId = filter.BeforeId,
            most = filter.Limit + 1,
        };
        var rows = await database.QueryAsync<IncidentRow>(sql, parameters, cancellationToken);
        var page = rows.Take(filter.Limit).ToList();
        var next = rows.Count > filter.Limit ? IncidentFilter.CursorOf(page[^1].LastSeen, page[^1].Id) : null;
        return new IncidentPage([.. page.Select(row => row.ToView())], next);
    }

    private static (bool Applies, string Sql)[] ConditionsOf(IncidentFilter filter) =>
    [
        (filter.Market is not null, "i.market = @market"),
        (filter.Feed is not null, "i.feed = @feed"),
        (filter.Meter is not null, OfMeter),
        (filter.ErrorCode is not null, "i.error_code = @errorCode"),
        (filter.From is not null, "i.last_seen >= @from"),
        (filter.To is not null, "i.first_seen < @to"),
        (filter.BeforeId is not null, "(i.last_seen < @beforeAt OR (i.last_seen = @beforeAt AND i.id < @beforeId))"),
    ];

    private sealed class IncidentRow
    {
        public required byte[] Id { get; init; }

        public required IncidentSource Source { get; init; }

        public required string ErrorCode { get; init; }

        public required string? ErrorMessage { get; init; }

        public required string Market { get; init; }

        public required string Feed { get; init; }

        public required int Items { get; init; }

        public required DateTimeOffset FirstSeen { get; init; }

        public required DateTimeOffset LastSeen { get; init; }

        /// <summary>When the first of the messages was accepted.</summary>
        public required DateTimeOffset AcceptedFrom { get; init; }

        /// <summary>When the last of them was.</summary>
        public required DateTimeOffset AcceptedTo { get; init; }

        public required int Meters { get; init; }

        public required string? Meter { get; init; }

        public Incident ToView() => new()
        {
            IncidentId = new Guid(Id, bigEndian: true).ToString("D"),
            Source = Source.ToString().ToLowerInvariant(),
            ErrorCode = ErrorCode,
            ErrorMessage = ErrorMessage,
            Market = Market,
            Feed = Feed,
            Meter = Meters == 1 ? Meter : null,
            Meters = Meters,
            Count = Items,
            FirstSeen = FirstSeen,
            LastSeen = LastSeen,
            Resend = Source == IncidentSource.Report
                ? new IncidentResend(
                    ToFilter() with { Reason = nameof(ReasonCode.RejectedByReport), ErrorCode = ErrorCode.Length > 0 ? ErrorCode : null },
                    "rejectedReadings")
                : new IncidentResend(ToFilter() with { Reason = ErrorCode, State = "rejected" }, "all"),
        };

        private MessageFilter ToFilter() => new()
        {
            Market = Market,
            Feed = Feed,
            Meter = Meters == 1 ? Meter : null,
            From = AcceptedFrom.UtcDateTime.ToString("O", CultureInfo.InvariantCulture),

            // The period ends before its last instant.
            To = AcceptedTo.AddMicroseconds(1).UtcDateTime.ToString("O", CultureInfo.InvariantCulture),
        };
    }
}
