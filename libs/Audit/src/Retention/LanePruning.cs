using System.Data.Common;
using Dapper;
using EnergyLoad.Audit.Chain;
using EnergyLoad.Audit.Verification;

namespace EnergyLoad.Audit.Retention;

/// <summary>
/// Removes a lane's oldest rows. They are verified first: what was tampered with is evidence, and a checkpoint over it would launder
/// it.
/// </summary>
internal sealed class LanePruning(AuditKeys keys)
{
    private const string Remove = "DELETE FROM access_log WHERE lane = @Lane AND seq <= @Seq";

    private const string Seal = """
        INSERT INTO access_log_checkpoints (lane, seq, mac, key_id, seal) VALUES (@Lane, @Seq, @Mac, @KeyId, @Seal)
        ON DUPLICATE KEY UPDATE seq = @Seq, mac = @Mac, key_id = @KeyId, seal = @Seal
        """;

    // The copies inside the database only save a look at those outside; a month of them is plenty.
    private const string RemoveAnchors = """
        DELETE FROM access_log_anchors WHERE at < LEAST(@before, UTC_TIMESTAMP(6) - INTERVAL 30 DAY) ORDER BY number LIMIT 50000
        """;

    private readonly RowCheck _rows = new(keys);

    public async Task<int> RemoveAsync(
        DbTransaction transaction, int lane, DateTimeOffset before, int most, CancellationToken cancellationToken)
    {
        var reader = new LaneReader(transaction, lane);
        var start = await ReadStartAsync(reader, lane, cancellationToken);
        var walk = new LaneWalk(_rows, start, new LaneAnchors());
        var limit = (before - DateTimeOffset.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var old = (await reader.ReadPageAsync(start.Seq, most, cancellationToken)).TakeWhile(row => row.At < limit).ToList();
        foreach (var row in old)
        {
            if (walk.Step(row) is { } finding)
            {
                throw new AuditTamperedException(finding);
            }
        }

        if (old.Count > 0)
        {
            await ExecuteAsync(transaction, Seal, Checkpoint.Create(walk.Last, keys), cancellationToken);
            await ExecuteAsync(transaction, Remove, walk.Last, cancellationToken);
        }

        return old.Count;
    }

    public static Task<int> RemoveAnchorsAsync(DbTransaction transaction, DateTimeOffset before, CancellationToken cancellationToken) =>
        ExecuteAsync(transaction, RemoveAnchors, new { before }, cancellationToken);

    private async Task<LaneState> ReadStartAsync(LaneReader reader, int lane, CancellationToken cancellationToken)
    {
        var checkpoint = await reader.ReadCheckpointAsync(cancellationToken);
        if (checkpoint?.IsGenuine(keys) == false)
        {
            throw new AuditTamperedException(checkpoint.ForgedFinding());
        }

        return checkpoint?.State ?? new LaneState { Lane = lane };
    }

    private static Task<int> ExecuteAsync(DbTransaction transaction, string sql, object parameters, CancellationToken cancellationToken) =>
        transaction.Connection!.ExecuteAsync(new CommandDefinition(sql, parameters, transaction, cancellationToken: cancellationToken));
}
