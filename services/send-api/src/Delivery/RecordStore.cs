using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Incidents;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.SendApi.Outcomes.Search;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>Writes down what became of attempts, many in one commit, and lets those go on that waited behind a finished message.</summary>
internal sealed class RecordStore(
    Database database, ClaimStore claims, OutcomeOutbox outbox, GateAlert alert, SearchNews news, IOptions<DeliveryOptions> options)
{
    private const string InsertAttempts = """
        INSERT INTO attempts (message_id, n, at, outcome, status, latency_ms, reason) VALUES
        """;

    // What was claimed by another after our lease ended, or was delivered by a report meanwhile, is not ours to decide.
    private const string StillOurs = "SELECT id FROM messages WHERE id IN @ids AND owner = @owner AND state IN (0, 1) FOR UPDATE";

    private const string Finish = """
        UPDATE messages SET state = @state, reason = @reason, attempts = attempts + 1, due_at = '9999-12-31',
          delivered_at = IF(@state = 2, UTC_TIMESTAMP(6), delivered_at),
          settles_at = IF(@state = 2, UTC_TIMESTAMP(6) + INTERVAL @settle MINUTE, settles_at)
        WHERE id IN @ids
        """;

    // No owner any more: who cancels or resends sees that it is not under way.
    private const string Postpone = """
        UPDATE messages SET state = @state, reason = @reason, owner = CAST('' AS BINARY(16)), attempts = attempts + @tries,
          due_at = UTC_TIMESTAMP(6) + INTERVAL @delay * 1000 MICROSECOND
        WHERE id IN @ids AND owner = @owner AND state IN (0, 1)
        """;

    private readonly DeliveryOptions _options = options.Value;

    /// <summary>Records a batch of attempts.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">The database does not answer; recording again is harmless.</exception>
    public async Task RecordAsync(IReadOnlyList<Attempt> attempts)
    {
        var change = await database.InTransactionAsync(
            (transaction, token) => WriteAsync(transaction, attempts, token), CancellationToken.None);
        alert.Tell(attempts, change);
        news.Changed.Add(attempts.Select(attempt => attempt.Message.Id));
    }

    /// <summary>Parks messages whose meter or site e-Sight does not have yet; they are looked at again later.</summary>
    public async Task ParkAsync(IReadOnlyList<MissingCode> missing, CancellationToken cancellationToken)
    {
        await database.InTransactionAsync(
            async (transaction, token) =>
            {
                await Gate.GiveBackAsync(transaction, missing.Count, _options, token);
                var delay = TimeSpan.FromSeconds(_options.ParkedSeconds);
                foreach (var group in missing.GroupBy(code => code.Reason))
                {
                    await PostponeAsync(
                        transaction, [.. group.Select(code => code.Message)], MessageState.Parked, group.Key, 0, delay, token);
                }
            },
            cancellationToken);
        news.Changed.Add(missing.Select(code => code.Message.Id));
    }

    private async Task<GateChange?> WriteAsync(
        DbTransaction transaction, IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        var change = await Gate.TakeAsync(transaction, attempts, _options, cancellationToken);
        Insert(transaction, attempts);
        var parameters = new { ids = attempts.Select(attempt => attempt.Message.Id), owner = claims.Owner };
        var ours = (await transaction.QueryAsync<byte[]>(StillOurs, parameters, cancellationToken)).Select(SendId.FromBytes).ToHashSet();
        var decided = new List<(Attempt Attempt, MessageState State)>(attempts.Count);
        foreach (var attempt in attempts.Where(attempt => ours.Contains(attempt.Message.SendId)))
        {
            var state = StateAfter(attempt);
            if (state == MessageState.Accepted)
            {
                await PostponeAsync(transaction, [attempt.Message], state, attempt.Verdict.Reason, 1, DelayOf(attempt), cancellationToken);
            }
            else
            {
                decided.Add((attempt, state));
            }
        }

        await (decided.Count == 0 ? Task.CompletedTask : FinishAsync(transaction, decided, cancellationToken));
        return change;
    }

    private async Task FinishAsync(
        DbTransaction transaction, List<(Attempt Attempt, MessageState State)> decided, CancellationToken cancellationToken)
    {
        foreach (var group in decided.GroupBy(one => (one.State, Reason: ReasonOf(one.Attempt, one.State))))
        {
            var ids = group.Select(one => one.Attempt.Message.Id).ToArray();
            var reason = group.Key.Reason.ToString();
            await transaction.ExecuteAsync(
                Finish, new { state = group.Key.State, reason, settle = _options.SettleMinutes, ids }, cancellationToken);
            if (group.Key.State == MessageState.Rejected)
            {
                await IncidentBook.RecordAsync(transaction, IncidentSource.Answer, reason, text: null, ids, cancellationToken);
            }
        }

        outbox.Add(transaction, decided.Select(one => Told(one.Attempt, one.State)));
        var messages = decided.ConvertAll(one => one.Attempt.Message);
        await DeliveryOrder.LeaveAsync(
            transaction,
            [.. messages.Select(message => message.Id)],
            [.. messages.Select(message => message.GatewayHash).Distinct()],
            cancellationToken);
    }

    private Task PostponeAsync(
        DbTransaction transaction, ClaimedMessage[] messages, MessageState state, ReasonCode reason, int tries, TimeSpan delay,
        CancellationToken cancellationToken)
    {
        var ids = messages.Select(message => message.Id);
        var parameters = new { ids, owner = claims.Owner, state, reason = reason.ToString(), tries, delay = (long)delay.TotalMilliseconds };
        return transaction.ExecuteAsync(Postpone, parameters, cancellationToken);
    }

    private MessageState StateAfter(Attempt attempt) => attempt.Verdict.Outcome switch
    {
        AttemptOutcome.Delivered => MessageState.Delivered,
        AttemptOutcome.Rejected => MessageState.Rejected,
        AttemptOutcome.Retry or AttemptOutcome.Unknown or AttemptOutcome.Blocked =>
            attempt.Message.Now - attempt.Message.AcceptedAt > TimeSpan.FromHours(_options.GiveUpHours)
                ? MessageState.Dead
                : MessageState.Accepted,
        _ => throw new InvalidOperationException($"{attempt.Verdict.Outcome} leads nowhere."),
    };

    private TimeSpan DelayOf(Attempt attempt)
    {
        var doublings = Math.Min(attempt.Message.Attempts - attempt.Message.CycleAttempts, 20);
        var ceiling = Math.Min(_options.LongestDelaySeconds * 1000.0, _options.FirstDelayMilliseconds * Math.Pow(2, doublings));
        var jittered = TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling);
        return attempt.Verdict.RetryAfter is { } asked && asked > jittered ? asked : jittered;
    }

    private static void Insert(DbTransaction transaction, IReadOnlyList<Attempt> attempts)
    {
        var insert = new InsertRows(InsertAttempts);
        foreach (var attempt in attempts)
        {
            var verdict = attempt.Verdict;
            insert.Row().Add(attempt.Message.Id).Add(attempt.Message.Attempts + 1).Add(attempt.At)
                .Add((int)verdict.Outcome).Add(verdict.Status).Add((int)attempt.Latency.TotalMilliseconds).Add(verdict.Reason.ToString());
        }

        insert.ExecuteAtCommit(transaction, "ON DUPLICATE KEY UPDATE n = VALUES(n)");
    }

    private static ReasonCode ReasonOf(Attempt attempt, MessageState state) =>
        state == MessageState.Dead ? ReasonCode.GaveUp : attempt.Verdict.Reason;

    private static ToldOutcome Told(Attempt attempt, MessageState state) => new()
    {
        SendId = attempt.Message.SendId.Value,
        State = state,
        Reason = ReasonOf(attempt, state).ToString(),
        Status = attempt.Verdict.Status,
        Starting = attempt.At,
        Ending = attempt.At + attempt.Latency,
        Attempts = attempt.Message.Attempts + 1,
    };
}
