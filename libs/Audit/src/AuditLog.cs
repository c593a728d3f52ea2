using System.Data.Common;
using EnergyLoad.Audit.Chain;
using EnergyLoad.Audit.Refusals;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.Audit;

/// <summary>Writes security events into the chained log: one row each.</summary>
public sealed partial class AuditLog
{
    private readonly Database _database;
    private readonly LaneWriter _writer;
    private readonly RowFactory _rows;
    private readonly RefusalBounds _refusals;
    private readonly AuditMetrics _metrics;
    private readonly ILogger<AuditLog> _logger;

    internal AuditLog(
        Database database, LaneWriter writer, RowFactory rows, RefusalBounds refusals, AuditMetrics metrics, ILogger<AuditLog> logger) =>
        (_database, _writer, _rows, _refusals, _metrics, _logger) = (database, writer, rows, refusals, metrics, logger);

    /// <summary>
    /// Writes the event in the act's own transaction, with its commit: no row, no act. The lane stays locked until the transaction ends,
    /// so this comes last in it.
    /// </summary>
    /// <param name="transaction">The transaction of the act; the caller commits it.</param>
    /// <param name="auditEvent">What happened.</param>
    /// <param name="cancellationToken">Cancels the write, and with it the act.</param>
    /// <exception cref="DbException">
    /// No lane could be taken; the caller lets the transaction fall. What else keeps the row from being written fails the commit.
    /// </exception>
    public async Task RecordAsync(DbTransaction transaction, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(transaction);
        ArgumentNullException.ThrowIfNull(auditEvent);
        try
        {
            await _writer.AppendAsync(
                transaction, _rows.Create(auditEvent), exception => AlertUnlessRetried(auditEvent, exception), cancellationToken);
        }
        catch (DbException exception)
        {
            AlertUnlessRetried(auditEvent, exception);
            throw;
        }
    }

    /// <summary>
    /// Writes the event in a transaction of its own. Refusals are bounded: past the bound they are counted, and the count becomes one row
    /// at the end of the interval. Once begun, the write goes on although the caller stops waiting: a client that hangs up leaves its
    /// trace.
    /// </summary>
    /// <param name="auditEvent">What happened.</param>
    /// <param name="cancellationToken">Ends the wait, not the write.</param>
    /// <exception cref="UnavailableException">
    /// The row could not be written; the alert has been raised, and a refusal is counted for later.
    /// </exception>
    public Task RecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(auditEvent);
        return WriteAloneAsync(auditEvent).WaitAsync(cancellationToken);
    }

    /// <summary>
    /// As <see cref="RecordAsync(AuditEvent, CancellationToken)"/>, for a refusal that stands whether its row was written or not.
    /// </summary>
    /// <param name="auditEvent">What was refused.</param>
    /// <param name="cancellationToken">Ends the wait, not the write.</param>
    /// <returns>False when the row could not be written: the alert has been raised, and the refusal is counted for later.</returns>
    public async Task<bool> TryRecordAsync(AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        try
        {
            await RecordAsync(auditEvent, cancellationToken);
            return true;
        }
        catch (UnavailableException)
        {
            return false;
        }
    }

    private async Task WriteAloneAsync(AuditEvent auditEvent)
    {
        var refused = auditEvent.Type.Outcome == AuditOutcome.Refused;
        if (refused && !_refusals.Admit(auditEvent))
        {
            _metrics.Counted(auditEvent.Type);
            return;
        }

        try
        {
            var row = _rows.Create(auditEvent);
            await _database.InTransactionAsync(
                (transaction, token) => _writer.AppendAsync(transaction, row, whenRefused: null, token), CancellationToken.None);
        }
        catch (Exception exception)
        {
            // Whatever went wrong, the caller's refusal must be able to stand.
            Alert(auditEvent, exception);
            if (refused)
            {
                _refusals.Count(auditEvent);
            }

            throw exception as UnavailableException ?? new UnavailableException("The audit row could not be written.", exception);
        }
    }

    private void AlertUnlessRetried(AuditEvent auditEvent, DbException exception)
    {
        if (!SqlErrors.IsLockConflict(exception))
        {
            Alert(auditEvent, exception);
        }
    }

    private void Alert(AuditEvent auditEvent, Exception exception)
    {
        _metrics.Unwritten(auditEvent.Type);
        Log.Unwritten(_logger, auditEvent.Type.Name, exception);
    }

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Error, "ALERT: an audit row of kind {Kind} could not be written")]
        public static partial void Unwritten(ILogger logger, string kind, Exception exception);
    }
}
