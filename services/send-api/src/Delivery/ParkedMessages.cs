using EnergyLoad.MySql;
using EnergyLoad.SendApi.ESight;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>
/// Lets parked messages go as soon as e-Sight's lists have their meters: after every refresh, beside their own turn to be looked at.
/// </summary>
internal sealed class ParkedMessages(Database database, ESightLists lists)
{
    private const int CodesAtOnce = 100;
    private const int MessagesAtOnce = 500;

    // The rows of the search, for the messages have no index for it; what they do not show yet comes to its own turn.
    private const string Codes = "SELECT DISTINCT s.site_code, s.meter FROM message_search s FORCE INDEX (by_state) WHERE s.state = 1";

    private const string Parked = """
        SELECT m.id FROM message_search s FORCE INDEX (by_meter) JOIN messages m ON m.id = s.id
        WHERE s.meter IN @meters AND s.site_code IN @sites AND s.state = 1 AND m.state = 1 AND m.owner = CAST('' AS BINARY(16))
          AND m.due_at > UTC_TIMESTAMP(6) AND m.due_at < '9999-12-31' LIMIT @most
        """;

    private const string Release = """
        UPDATE messages SET due_at = UTC_TIMESTAMP(6)
        WHERE id IN @ids AND state = 1 AND owner = CAST('' AS BINARY(16)) AND due_at < '9999-12-31'
        """;

    private DateTimeOffset? _looked;

    /// <summary>Looks at the parked when the lists were read since the last look of this process.</summary>
    public async Task LookAsync(CancellationToken cancellationToken)
    {
        if (lists.ReadAt is not { } readAt || readAt == _looked)
        {
            return;
        }

        var codes = await database.QueryAsync<(string Site, string Meter)>(Codes, null, cancellationToken);
        foreach (var chunk in codes.Where(code => lists.Have(code.Site, code.Meter)).Chunk(CodesAtOnce))
        {
            var parameters =
                new { meters = chunk.Select(code => code.Meter), sites = chunk.Select(code => code.Site), most = MessagesAtOnce };
            while (await database.QueryAsync<byte[]>(Parked, parameters, cancellationToken) is { Count: > 0 } ids)
            {
                await database.InTransactionAsync(
                    (transaction, token) => transaction.ExecuteAsync(Release, new { ids }, token), cancellationToken);
            }
        }

        _looked = readAt;
    }
}
