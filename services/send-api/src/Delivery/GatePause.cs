using System.Data.Common;
using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>Stops the delivery on every instance, and lets it go on; each is written into the audit log with it.</summary>
internal sealed class GatePause(Database database, AuditLog audit, WakeUp wakeUp)
{
    private const string Read = "SELECT paused_at AS since, paused_by AS by_user FROM esight_gate WHERE id = 1";
    private const string Pause = "UPDATE esight_gate SET paused_at = UTC_TIMESTAMP(6), paused_by = @username WHERE id = 1 AND paused_at IS NULL";
    private const string Resume = "UPDATE esight_gate SET paused_at = NULL, paused_by = NULL WHERE id = 1 AND paused_at IS NOT NULL";

    /// <summary>Pauses; a pause that is there stays as it is. What is under way comes to its end.</summary>
    public Task<DeliveryState> PauseAsync(CurrentUser user, AuditContext context, CancellationToken cancellationToken) =>
        ChangeAsync(Pause, user, AuditEvent.DeliveryPaused(context, note: null), cancellationToken);

    /// <summary>Resumes, and wakes the drain.</summary>
    public async Task<DeliveryState> ResumeAsync(CurrentUser user, AuditContext context, CancellationToken cancellationToken)
    {
        var state = await ChangeAsync(Resume, user, AuditEvent.DeliveryResumed(context, note: null), cancellationToken);
        await wakeUp.AfterCommitAsync();
        return state;
    }

    private Task<DeliveryState> ChangeAsync(string sql, CurrentUser user, AuditEvent auditEvent, CancellationToken cancellationToken) =>
        database.InTransactionAsync((transaction, token) => ChangeAsync(transaction, sql, user, auditEvent, token), cancellationToken);

    private async Task<DeliveryState> ChangeAsync(
        DbTransaction transaction, string sql, CurrentUser user, AuditEvent auditEvent, CancellationToken cancellationToken)
    {
        await Gate.EnterAsync(transaction, cancellationToken);
        var changed = await transaction.ExecuteAsync(sql, new { username = user.Username }, cancellationToken) == 1;
        var row = (await transaction.QueryAsync<PauseRow>(Read, null, cancellationToken)).Single();
        await (changed ? audit.RecordAsync(transaction, auditEvent, cancellationToken) : Task.CompletedTask);
        return new DeliveryState(row.Since is not null, row.Since, row.ByUser);
    }

    private sealed class PauseRow
    {
        public required DateTimeOffset? Since { get; init; }

        public required string? ByUser { get; init; }
    }
}
