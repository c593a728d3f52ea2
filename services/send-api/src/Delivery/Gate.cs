using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>
/// The one row that all instances share: the breaker, the block, the storm guard, the operator's pause, the rate limit's tokens. Its
/// lock puts claims and records in one order, so that no message can slip past an older one of its meter.
/// </summary>
internal static class Gate
{
    // A statement's time is that of its start, before it waited for the row: time that seems to run backwards brings no tokens.
    private const string TokensNow =
        "LEAST(@burst, tokens + @rate * GREATEST(0, TIMESTAMPDIFF(MICROSECOND, tokens_at, UTC_TIMESTAMP(6))) / 1000000)";

    private const string ReadLocked = $"""
        SELECT failures, closed_until > UTC_TIMESTAMP(6) AS closed, closed_reason, paused_at IS NOT NULL AS paused,
          alike_code, alike_meters, {TokensNow} AS tokens
        FROM esight_gate WHERE id = 1 FOR UPDATE
        """;

    private const string Enter = "SELECT id FROM esight_gate WHERE id = 1 FOR UPDATE";
    private const string HoldForProbe = "UPDATE esight_gate SET closed_until = UTC_TIMESTAMP(6) + INTERVAL @seconds SECOND WHERE id = 1";

    private const string Open = """
        UPDATE esight_gate SET failures = 0, closed_reason = NULL, closed_at = NULL, closed_until = '2000-01-01' WHERE id = 1
        """;

    private const string Close = """
        UPDATE esight_gate SET failures = failures + @failures, closed_at = COALESCE(closed_at, UTC_TIMESTAMP(6)), closed_reason = @reason,
          closed_until = UTC_TIMESTAMP(6) + INTERVAL @seconds SECOND WHERE id = 1
        """;

    private const string CountFailures = "UPDATE esight_gate SET failures = failures + @failures WHERE id = 1";
    private const string CountAlike = "UPDATE esight_gate SET alike_code = @code, alike_meters = @meters WHERE id = 1";

    // Assignments run from left to right: the tokens are counted from the time that was.
    private const string Spend = $"""
        UPDATE esight_gate SET tokens = {TokensNow} - @messages, tokens_at = GREATEST(tokens_at, UTC_TIMESTAMP(6)) WHERE id = 1
        """;

    private const string GiveBack = "UPDATE esight_gate SET tokens = tokens + @messages WHERE id = 1";

    /// <summary>
    /// Puts a transaction into the one order; it comes first in it. Who takes a message out of delivery, or into it again, must.
    /// </summary>
    public static Task EnterAsync(DbTransaction transaction, CancellationToken cancellationToken) =>
        transaction.QueryAsync<int>(Enter, null, cancellationToken);

    /// <summary>
    /// Locks the row and says how many messages may be claimed: none, one to probe with, or as many as wished and the rate allows.
    /// </summary>
    public static async Task<int> AdmitAsync(
        DbTransaction transaction, int wished, DeliveryOptions options, CancellationToken cancellationToken)
    {
        var state = await LockAsync(transaction, options, cancellationToken);
        if (state.Paused || state.Closed)
        {
            return 0;
        }

        var admitted = options.RatePerSecond == 0 ? wished : Math.Min(wished, (int)state.Tokens);
        if (state.ClosedReason is null || admitted == 0)
        {
            return admitted;
        }

        var seconds = state.IsStorm ? options.StormProbeSeconds : options.ProbeSeconds;
        await transaction.ExecuteAsync(HoldForProbe, new { seconds }, cancellationToken);
        return 1;
    }

    /// <summary>Takes tokens for what was claimed, in the claim's transaction.</summary>
    public static Task SpendAsync(DbTransaction transaction, int messages, DeliveryOptions options, CancellationToken cancellationToken) =>
        options.RatePerSecond == 0 || messages == 0
            ? Task.CompletedTask
            : transaction.ExecuteAsync(Spend, new { messages, rate = options.RatePerSecond, burst = options.RateBurst }, cancellationToken);

    /// <summary>Gives the tokens back of messages that were claimed and not posted.</summary>
    public static Task GiveBackAsync(
        DbTransaction transaction, int messages, DeliveryOptions options, CancellationToken cancellationToken) =>
        options.RatePerSecond == 0 ? Task.CompletedTask : transaction.ExecuteAsync(GiveBack, new { messages }, cancellationToken);

    /// <summary>Locks the row and takes what a batch of attempts says about e-Sight.</summary>
    /// <returns>The change, for the event: closed now, opened now, or null.</returns>
    public static async Task<GateChange?> TakeAsync(
        DbTransaction transaction, IReadOnlyList<Attempt> attempts, DeliveryOptions options, CancellationToken cancellationToken)
    {
        var state = await LockAsync(transaction, options, cancellationToken);
        var alike = state.Alike.After(attempts, options.StormMeters);
        if (!alike.Equals(state.Alike))
        {
            await transaction.ExecuteAsync(CountAlike, new { code = alike.Code, meters = alike.ToBytes() }, cancellationToken);
        }

        var failures = attempts.Count(attempt => attempt.Verdict.Outcome is AttemptOutcome.Retry or AttemptOutcome.Unknown);
        if (ReasonToClose(attempts, alike, state.Failures + failures, options) is { } reason)
        {
            var seconds = reason == ReasonCode.RejectionStorm ? options.StormProbeSeconds : options.ProbeSeconds;
            await transaction.ExecuteAsync(Close, new { failures, reason = reason.ToString(), seconds }, cancellationToken);
            return state.ClosedReason is null ? new GateChange(reason.ToString(), alike.Code) : null;
        }

        if (failures == attempts.Count)
        {
            await transaction.ExecuteAsync(CountFailures, new { failures }, cancellationToken);
            return null;
        }

        await (state.Failures > 0 || state.ClosedReason is not null
            ? transaction.ExecuteAsync(Open, null, cancellationToken)
            : Task.CompletedTask);
        return state.ClosedReason is null ? null : new GateChange(null, null);
    }

    private static ReasonCode? ReasonToClose(IReadOnlyList<Attempt> attempts, AlikeRejections alike, int failures, DeliveryOptions options)
    {
        var blocked = attempts.FirstOrDefault(attempt => attempt.Verdict.Outcome == AttemptOutcome.Blocked);
        var allFailed = attempts.All(attempt => attempt.Verdict.Outcome is AttemptOutcome.Retry or AttemptOutcome.Unknown);
        return blocked is not null ? blocked.Verdict.Reason
            : alike.Meters.Count >= options.StormMeters ? ReasonCode.RejectionStorm
            : allFailed && failures >= options.BreakerFailures ? attempts[^1].Verdict.Reason
            : null;
    }

    private static async Task<GateState> LockAsync(
        DbTransaction transaction, DeliveryOptions options, CancellationToken cancellationToken) =>
        (await transaction.QueryAsync<GateState>(
            ReadLocked, new { rate = options.RatePerSecond, burst = options.RateBurst }, cancellationToken)).Single();

    private sealed class GateState
    {
        public required int Failures { get; init; }

        public required bool Closed { get; init; }

        public required string? ClosedReason { get; init; }

        public required bool Paused { get; init; }

        public required string AlikeCode { get; init; }

        public required byte[] AlikeMeters { get; init; }

        public required double Tokens { get; init; }

        public bool IsStorm => ClosedReason == nameof(ReasonCode.RejectionStorm);

        public AlikeRejections Alike => AlikeRejections.Read(AlikeCode, AlikeMeters);
    }
}
