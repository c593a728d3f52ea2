using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>
/// Finds newer messages of a meter whose periods overlap, and which e-Sight has or will get: an old value would overwrite theirs.
/// </summary>
internal static class NewerMessages
{
    // The second half is what the search rows do not have yet.
    private const string Overlapping = """
        (SELECT STRAIGHT_JOIN s.id FROM message_search s FORCE INDEX (by_meter) JOIN messages m ON m.id = s.id
         WHERE s.meter = @meter AND s.last_at >= @first AND s.first_at <= @last AND s.id > @id
           AND m.gateway_urn = @urn AND m.state IN (0, 1, 2)
         LIMIT @most)
        UNION
        (SELECT m.id FROM messages m WHERE m.id > (SELECT up_to FROM search_cursor WHERE id = 1) AND m.id > @id AND m.gateway_hash = @hash
         AND m.gateway_urn = @urn AND m.last_at >= @first AND m.first_at <= @last AND m.state IN (0, 1, 2) LIMIT @most)
        ORDER BY id LIMIT @most
        """;

    private const int Most = 100;

    public static async Task<List<string>> FindAsync(
        DbTransaction transaction,
        ResendableMessage message,
        DateTimeOffset first,
        DateTimeOffset last,
        CancellationToken cancellationToken)
    {
        var parameters =
            new { id = message.Id, meter = message.Meter, urn = message.GatewayUrn, hash = message.GatewayHash, first, last, most = Most };
        var ids = await transaction.QueryAsync<byte[]>(Overlapping, parameters, cancellationToken);
        return [.. ids.Select(id => SendId.FromBytes(id).ToString())];
    }
}
