using System.Data.Common;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>
/// The one row that all instances share: the breaker, the block, the operator's pause. Its lock puts claims and records in
/// one order, so that no message can slip past an older one of its meter.
/// </summary>
internal sealed class Gate
{
    private const string ReadLocked = """
        SELECT failures, closed_until > UTC_TIMESTAMP(6) AS closed, closed_reason, paused_at IS NOT NULL AS paused
        FROM esight_gate WHERE id = 1 FOR UPDATE
        """;

    private const string HoldForProbe = "UPDATE esight_gate SET closed_until = UTC_TIMESTAMP(6) + INTERVAL @seconds SECOND WHERE id = 1";
    private const string Open = "UPDATE esight_gate SET failures = 0, closed_reason = NULL, closed_until = '2000-01-01' WHERE id = 1";

    private const string Close = """
        UPDATE esight_gate SET failures = failures + @failures, closed_reason = @reason,
          closed_until = UTC_TIMESTAMP(6) + INTERVAL @seconds SECOND WHERE id = 1
        """;

    private const string CountFailures = "UPDATE esight_gate SET failures = failures + @failures WHERE id = 1";

    /// <summary>Puts a transaction into the one order; it comes first in it. Who takes a message out of delivery, or into it again, must.</summary>
    public static Task EnterAsync(DbTransaction transaction, CancellationToken cancellationToken) => LockAsync(transaction, cancellationToken);

    /// <summary>Locks the row and says how many messages may be claimed: none, one to probe with, or as many as wished.</summary>
    public static async Task<int> AdmitAsync(DbTransaction transaction, int wished, DeliveryOptions options, CancellationToken cancellationToken)
    {
        var state = await LockAsync(transaction, cancellationToken);
        if (state.Paused || state.Closed)
        {
            return 0;
        }

        if (state.ClosedReason is null)
        {
            return wished;
        }

        await transaction.ExecuteAsync(HoldForProbe, new { seconds = options.ProbeSeconds }, cancellationToken);
        return 1;
    }

    /// <summary>Locks the row and takes what a batch of attempts says about e-Sight.</summary>
    /// <returns>The change, for the event: closed now, opened now, or null.</returns>
    public static async Task<GateChange?> TakeAsync(
        DbTransaction transaction, IReadOnlyList<Attempt> attempts, DeliveryOptions options, CancellationToken cancellationToken)
    {
        var state = await LockAsync(transaction, cancellationToken);
        var failures = attempts.Count(attempt => attempt.Verdict.Outcome is AttemptOutcome.Retry or AttemptOutcome.Unknown);
        var blocked = attempts.FirstOrDefault(attempt => attempt.Verdict.Outcome == AttemptOutcome.Blocked);
        var seconds = options.ProbeSeconds;
        if (blocked is not null)
        {
            await transaction.ExecuteAsync(Close, new { failures, reason = blocked.Verdict.Reason.ToString(), seconds }, cancellationToken);
            return state.ClosedReason is null ? new GateChange(blocked.Verdict.Reason.ToString()) : null;
        }

        if (failures == attempts.Count && failures > 0)
        {
            var closes = state.Failures + failures >= options.BreakerFailures;
            var last = attempts[^1].Verdict.Reason.ToString();
            await transaction.ExecuteAsync(closes ? Close : CountFailures, new { failures, reason = last, seconds }, cancellationToken);
            return closes && state.ClosedReason is null ? new GateChange(last) : null;
        }

        if (state.Failures > 0 || state.ClosedReason is not null)
        {
            await transaction.ExecuteAsync(Open, null, cancellationToken);
        }

        return state.ClosedReason is null ? null : new GateChange(null);
    }

    private static async Task<GateState> LockAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        (await transaction.QueryAsync<GateState>(ReadLocked, null, cancellationToken)).Single();

    private sealed class GateState
    {
        public required int Failures { get; init; }

        public required bool Closed { get; init; }

        public required string? ClosedReason { get; init; }

        public required bool Paused { get; init; }
    }
}
