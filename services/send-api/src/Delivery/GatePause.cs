using System.Data.Common;
using EnergyLoad.Audit;
using EnergyLoad.Auth;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>Stops the delivery on every instance, and lets it go on; each is written into the audit log with it.</summary>
internal sealed class GatePause(Database database, AuditLog audit, WakeUp wakeUp)
{
    private const string Read = """
        SELECT paused_at AS since, paused_by AS by_user, closed_reason, closed_at, closed_until, alike_code FROM esight_gate WHERE id = 1
        """;

    private const string Pause =
        "UPDATE esight_gate SET paused_at = UTC_TIMESTAMP(6), paused_by = @username WHERE id = 1 AND paused_at IS NULL";

    // What delivery holds by itself it tries by itself soon, but for a storm of rejections: whoever resumes ends that as well.
    private const string Resume = """
        UPDATE esight_gate SET paused_at = NULL, paused_by = NULL,
          alike_code = IF(closed_reason = 'RejectionStorm', '', alike_code),
          alike_meters = IF(closed_reason = 'RejectionStorm', '', alike_meters),
          closed_until = IF(closed_reason = 'RejectionStorm', '2000-01-01', closed_until),
          closed_at = IF(closed_reason = 'RejectionStorm', NULL, closed_at),
          closed_reason = IF(closed_reason = 'RejectionStorm', NULL, closed_reason)
        WHERE id = 1 AND (paused_at IS NOT NULL OR closed_reason = 'RejectionStorm')
        """;

    /// <summary>Reads whether messages go to e-Sight.</summary>
    public async Task<DeliveryState> ReadAsync(CancellationToken cancellationToken) =>
        (await database.QueryAsync<GateRow>(Read, null, cancellationToken)).Single().ToState();

    /// <summary>Pauses; a pause that is there stays as it is. What is under way comes to its end.</summary>
    public Task<DeliveryState> PauseAsync(CurrentUser user, AuditContext context, CancellationToken cancellationToken) =>
        ChangeAsync(Pause, user, AuditEvent.DeliveryPaused(context, note: null), cancellationToken);

    /// <summary>Ends a pause and a storm of rejections, and wakes the drain.</summary>
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
        var row = (await transaction.QueryAsync<GateRow>(Read, null, cancellationToken)).Single();
        await (changed ? audit.RecordAsync(transaction, auditEvent, cancellationToken) : Task.CompletedTask);
        return row.ToState();
    }

    private sealed class GateRow
    {
        public required DateTimeOffset? Since { get; init; }

        public required string? ByUser { get; init; }

        public required string? ClosedReason { get; init; }

        public required DateTimeOffset? ClosedAt { get; init; }

        public required DateTimeOffset ClosedUntil { get; init; }

        public required string AlikeCode { get; init; }

        public DeliveryState ToState() => new(Since is not null, Since, ByUser)
        {
            Held = ClosedReason is null
                ? null
                : new HeldDelivery(ClosedReason, IsStorm ? AlikeCode : null, ClosedAt ?? ClosedUntil, ClosedUntil),
        };

        private bool IsStorm => ClosedReason == nameof(ReasonCode.RejectionStorm);
    }
}
