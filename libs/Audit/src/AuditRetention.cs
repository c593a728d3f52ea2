using System.Data.Common;
using System.Globalization;
using EnergyLoad.Audit.Chain;
using EnergyLoad.Audit.Retention;
using EnergyLoad.MySql;

namespace EnergyLoad.Audit;

/// <summary>
/// Removes what may no longer be kept, in small transactions, each with its own audit row; what is left still verifies.
/// It needs the database account for retention: the services' own cannot do this.
/// </summary>
public sealed class AuditRetention
{
    private const int BatchSize = 500;
    private readonly Database _database;
    private readonly AuditLog _log;
    private readonly LanePruning _pruning;
    private readonly RowErasure _erasure;

    internal AuditRetention(Database database, AuditLog log, AuditKeys keys) =>
        (_database, _log, _pruning, _erasure) = (database, log, new LanePruning(keys), new RowErasure(keys));

    /// <summary>
    /// Removes the rows before an instant from the beginning of each lane, and seals a checkpoint where the lane then begins.
    /// </summary>
    /// <param name="before">The first instant whose rows stay.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>How many rows were removed.</returns>
    /// <exception cref="AuditTamperedException">A row to remove is not what was sealed; nothing was removed from there on.</exception>
    public async Task<long> RemoveBeforeAsync(DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = 0L;
        for (var lane = 0; lane < LaneWriter.Lanes; lane++)
        {
            int batch;
            do
            {
                batch = await _database.InTransactionAsync(
                    (transaction, token) => RemoveBatchAsync(transaction, lane, before, token), cancellationToken);
                removed += batch;
            }
            while (batch == BatchSize);
        }

        await _database.InTransactionAsync(
            (transaction, token) => LanePruning.RemoveAnchorsAsync(transaction, before, token), cancellationToken);
        return removed;
    }

    /// <summary>
    /// Drops address, MSISDN and salt of the rows in question: the seal covers commitments that nobody can open any more. Both go,
    /// whichever was asked for.
    /// </summary>
    /// <param name="erasure">Which rows.</param>
    /// <param name="cancellationToken">Stops between two batches.</param>
    /// <returns>How many rows were erased.</returns>
    /// <exception cref="ArgumentException">Nothing was given to choose by.</exception>
    /// <exception cref="AuditTamperedException">A row to erase is not what was sealed; it was left as it is.</exception>
    public async Task<long> EraseAsync(AuditErasure erasure, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        if (erasure == new AuditErasure())
        {
            throw new ArgumentException("Say whose data to erase.", nameof(erasure));
        }

        var erased = 0L;
        for (var lane = 0; lane < LaneWriter.Lanes; lane++)
        {
            IReadOnlyList<long> batch = [0];
            do
            {
                var from = new LaneState { Lane = lane, Seq = batch[^1] };
                batch = await _database.InTransactionAsync(
                    (transaction, token) => EraseBatchAsync(transaction, from, erasure, token), cancellationToken);
                erased += batch.Count;
            }
            while (batch.Count == BatchSize);
        }

        return erased;
    }

    private async Task<int> RemoveBatchAsync(
        DbTransaction transaction, int lane, DateTimeOffset before, CancellationToken cancellationToken)
    {
        var removed = await _pruning.RemoveAsync(transaction, lane, before, BatchSize, cancellationToken);
        if (removed > 0)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{removed} rows of lane {lane} from before {before.UtcDateTime:O}");
            await _log.RecordAsync(transaction, AuditEvent.RetentionApplied(AuditContext.None, detail), cancellationToken);
        }

        return removed;
    }

    private async Task<IReadOnlyList<long>> EraseBatchAsync(
        DbTransaction transaction, LaneState from, AuditErasure erasure, CancellationToken cancellationToken)
    {
        var erased = await _erasure.EraseAsync(transaction, from, erasure, BatchSize, cancellationToken);
        if (erased.Count > 0)
        {
            var detail = string.Create(CultureInfo.InvariantCulture, $"{erased.Count} rows of lane {from.Lane}");
            await _log.RecordAsync(
                transaction, AuditEvent.PersonalDataErased(AuditContext.None, RowErasure.Describe(erasure), detail), cancellationToken);
        }

        return erased;
    }
}
