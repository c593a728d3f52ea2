using System.Data.Common;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>Who is under way or waits, per meter, so that no message overtakes an older one whose period it overlaps.</summary>
internal static class DeliveryOrder
{
    private const int ReleasedAtOnce = 64;

    private const string Enter = """
        INSERT INTO delivery_order (gateway_hash, message_id, first_at, last_at, waits)
        SELECT gateway_hash, id, first_at, last_at, 0 FROM messages WHERE id = @id
        ON DUPLICATE KEY UPDATE waits = 0
        """;

    private const string Leave = "DELETE FROM delivery_order WHERE gateway_hash IN @hashes AND message_id IN @ids";

    private const string WaitingBehind = """
        SELECT gateway_hash, message_id FROM delivery_order WHERE gateway_hash IN @hashes AND waits = 1 ORDER BY message_id LIMIT @most
        """;

    private const string Release = "UPDATE messages SET due_at = UTC_TIMESTAMP(6) WHERE id IN @ids AND state IN (0, 1)";
    private const string NoLongerWaits = "UPDATE delivery_order SET waits = 0 WHERE gateway_hash IN @hashes AND message_id IN @ids";

    /// <summary>Puts a message in that is sent again: newer ones of its meter wait for it from now on.</summary>
    public static Task EnterAsync(DbTransaction transaction, byte[] id, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(Enter, new { id }, cancellationToken);

    /// <summary>Takes finished messages out, and lets those go on that waited behind them.</summary>
    public static async Task LeaveAsync(DbTransaction transaction, byte[][] ids, long[] hashes, CancellationToken cancellationToken)
    {
        if (ids.Length == 0)
        {
            return;
        }

        await transaction.ExecuteAsync(Leave, new { hashes, ids }, cancellationToken);

        // Of each meter one goes on at least, and lets the others go when it leaves.
        while (hashes.Length > 0)
        {
            var waiting = await transaction.QueryAsync<(long Hash, byte[] Id)>(
                WaitingBehind, new { hashes, most = ReleasedAtOnce }, cancellationToken);
            await ReleaseAsync(transaction, waiting, cancellationToken);
            hashes = waiting.Count < ReleasedAtOnce ? [] : [.. hashes.Except(waiting.Select(one => one.Hash))];
        }
    }

    private static async Task ReleaseAsync(
        DbTransaction transaction, List<(long Hash, byte[] Id)> waiting, CancellationToken cancellationToken)
    {
        if (waiting.Count > 0)
        {
            var parameters = new { hashes = waiting.Select(one => one.Hash).Distinct(), ids = waiting.Select(one => one.Id) };
            await transaction.ExecuteAsync(Release, parameters, cancellationToken);
            await transaction.ExecuteAsync(NoLongerWaits, parameters, cancellationToken);
        }
    }
}
