using System.Data.Common;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Outcomes.Incidents;

/// <summary>Counts errors of one cause, a code in a feed of a market, as one incident, in the transaction that takes the errors.</summary>
internal static class IncidentBook
{
    private const string IdOfCause = "UNHEX(LEFT(SHA2(CONCAT_WS('\n', @source, @code, m.market, m.feed), 256), 32))";

    // A cause that was quiet for a day and comes back is a new incident. Assignments run from left to right: last_seen is the last.
    private const string Quiet = "incidents.last_seen < VALUES(last_seen) - INTERVAL 24 HOUR";

    private const string Count = $"""
        INSERT INTO incidents (id, source, error_code, market, feed, items, first_seen, last_seen, accepted_from, accepted_to,
          error_message)
        SELECT {IdOfCause}, @source, @code, m.market, m.feed, COUNT(*), UTC_TIMESTAMP(6), UTC_TIMESTAMP(6),
          MIN(m.accepted_at), MAX(m.accepted_at), @text
        FROM messages m WHERE m.id IN @ids GROUP BY m.market, m.feed
        ON DUPLICATE KEY UPDATE
          items = IF({Quiet}, 0, incidents.items) + VALUES(items),
          first_seen = IF({Quiet}, VALUES(first_seen), incidents.first_seen),
          accepted_from = IF({Quiet}, VALUES(accepted_from), LEAST(incidents.accepted_from, VALUES(accepted_from))),
          accepted_to = IF({Quiet}, VALUES(accepted_to), GREATEST(incidents.accepted_to, VALUES(accepted_to))),
          error_message = COALESCE(VALUES(error_message), incidents.error_message),
          last_seen = VALUES(last_seen)
        """;

    private const string CountMeters = $"""
        INSERT INTO incident_meters (incident_id, meter, last_seen)
        SELECT {IdOfCause}, m.meter, UTC_TIMESTAMP(6) FROM messages m WHERE m.id IN @ids GROUP BY m.market, m.feed, m.meter
        ON DUPLICATE KEY UPDATE last_seen = VALUES(last_seen)
        """;

    /// <summary>Counts one error for each of the messages; it comes last in its transaction, for others wait for its row.</summary>
    /// <param name="transaction">The transaction of the errors.</param>
    /// <param name="source">How e-Sight spoke up.</param>
    /// <param name="code">e-Sight's code, or the reason that its answer means; null when it gave none.</param>
    /// <param name="text">e-Sight's words; null when there are none.</param>
    /// <param name="messageIds">The messages.</param>
    /// <param name="cancellationToken">Cancels the count, and with it the transaction.</param>
    public static async Task RecordAsync(
        DbTransaction transaction, IncidentSource source, string? code, string? text, IReadOnlyCollection<byte[]> messageIds,
        CancellationToken cancellationToken)
    {
        var parameters = new { source, code = code ?? "", text, ids = messageIds };
        await transaction.ExecuteAsync(Count, parameters, cancellationToken);
        await transaction.ExecuteAsync(CountMeters, parameters, cancellationToken);
    }
}
