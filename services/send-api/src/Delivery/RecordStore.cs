using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Outcomes.Incidents;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>Writes down what became of attempts, many in one commit, and lets those go on that waited behind a finished message.</summary>
internal sealed partial class RecordStore(Database database, ClaimStore claims, IOptions<DeliveryOptions> options, SendMetrics metrics, ILogger<RecordStore> logger)
{
    private const string InsertAttempts = """
        INSERT INTO attempts (message_id, n, at, outcome, status, latency_ms, reason) VALUES
        """;

    private const string Finish = """
        UPDATE messages SET state = @state, reason = @reason, attempts = attempts + 1, due_at = '9999-12-31',
          delivered_at = IF(@state = 2, UTC_TIMESTAMP(6), delivered_at),
          settles_at = IF(@state = 2, UTC_TIMESTAMP(6) + INTERVAL @settle MINUTE, settles_at)
        WHERE id IN @ids AND owner = @owner AND state IN (0, 1)
        """;

    // No owner any more: who cancels or resends sees that it is not under way.
    private const string Postpone = """
        UPDATE messages SET state = @state, reason = @reason, owner = CAST('' AS BINARY(16)), attempts = attempts + @tries, due_at = UTC_TIMESTAMP(6) + INTERVAL @delay * 1000 MICROSECOND
        WHERE id = @id AND owner = @owner AND state IN (0, 1)
        """;

    private readonly DeliveryOptions _options = options.Value;

    /// <summary>Records a batch of attempts.</summary>
    /// <exception cref="EnergyLoad.Hosting.UnavailableException">The database does not answer; recording again is harmless.</exception>
    public async Task RecordAsync(IReadOnlyList<Attempt> attempts)
    {
        var change = await database.InTransactionAsync((transaction, token) => WriteAsync(transaction, attempts, token), CancellationToken.None);
        foreach (var attempt in attempts)
        {
            metrics.Attempted(attempt.Verdict);
        }

        if (change is { Reason: { } reason })
        {
            Log.Closed(logger, reason);
        }
        else if (change is not null)
        {
            Log.Opened(logger);
        }
    }

    /// <summary>Parks a message whose meter or site e-Sight does not have yet, or looks at it again later.</summary>
    public Task ParkAsync(ClaimedMessage message, ReasonCode reason, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            (transaction, token) => PostponeAsync(
                transaction, message, MessageState.Parked, reason, 0, TimeSpan.FromSeconds(_options.ParkedSeconds), token),
            cancellationToken);

    private async Task<GateChange?> WriteAsync(DbTransaction transaction, IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        var change = await Gate.TakeAsync(transaction, attempts, _options, cancellationToken);
        await InsertAsync(transaction, attempts, cancellationToken);
        var finished = new List<ClaimedMessage>(attempts.Count);
        foreach (var group in attempts.GroupBy(attempt => (State: StateAfter(attempt), attempt.Verdict.Reason)))
        {
            if (group.Key.State == MessageState.Accepted)
            {
                foreach (var attempt in group)
                {
                    await PostponeAsync(transaction, attempt.Message, MessageState.Accepted, attempt.Verdict.Reason, 1, DelayOf(attempt), cancellationToken);
                }

                continue;
            }

            var messages = group.Select(attempt => attempt.Message).ToList();
            var parameters = new
            {
                state = group.Key.State, reason = group.Key.Reason.ToString(), settle = _options.SettleMinutes,
                ids = messages.Select(message => message.Id), owner = claims.Owner,
            };
            await transaction.ExecuteAsync(Finish, parameters, cancellationToken);
            if (group.Key.State == MessageState.Rejected)
            {
                await IncidentBook.RecordAsync(
                    transaction, IncidentSource.Answer, group.Key.Reason.ToString(), text: null, [.. messages.Select(message => message.Id)], cancellationToken);
            }

            finished.AddRange(messages);
        }

        await DeliveryOrder.LeaveAsync(
            transaction, [.. finished.Select(message => message.Id)], [.. finished.Select(message => message.GatewayHash).Distinct()], cancellationToken);
        return change;
    }

    private Task PostponeAsync(
        DbTransaction transaction, ClaimedMessage message, MessageState state, ReasonCode reason, int tries, TimeSpan delay, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(
            Postpone,
            new { id = message.Id, owner = claims.Owner, state, reason = reason.ToString(), tries, delay = (long)delay.TotalMilliseconds },
            cancellationToken);

    private MessageState StateAfter(Attempt attempt) => attempt.Verdict.Outcome switch
    {
        AttemptOutcome.Delivered => MessageState.Delivered,
        AttemptOutcome.Rejected => MessageState.Rejected,
        AttemptOutcome.Retry or AttemptOutcome.Unknown or AttemptOutcome.Blocked =>
            attempt.Message.Now - attempt.Message.AcceptedAt > TimeSpan.FromHours(_options.GiveUpHours) ? MessageState.Dead : MessageState.Accepted,
        _ => throw new InvalidOperationException($"{attempt.Verdict.Outcome} leads nowhere."),
    };

    private TimeSpan DelayOf(Attempt attempt)
    {
        var doublings = Math.Min(attempt.Message.Attempts - attempt.Message.CycleAttempts, 20);
        var ceiling = Math.Min(_options.LongestDelaySeconds * 1000.0, _options.FirstDelayMilliseconds * Math.Pow(2, doublings));
        var jittered = TimeSpan.FromMilliseconds(Random.Shared.NextDouble() * ceiling);
        return attempt.Verdict.RetryAfter is { } asked && asked > jittered ? asked : jittered;
    }

    private static Task InsertAsync(DbTransaction transaction, IReadOnlyList<Attempt> attempts, CancellationToken cancellationToken)
    {
        var insert = new InsertRows(InsertAttempts);
        foreach (var attempt in attempts)
        {
            var verdict = attempt.Verdict;
            insert.Row().Add(attempt.Message.Id).Add(attempt.Message.Attempts + 1).Add(attempt.At).Add((int)verdict.Outcome).Add(verdict.Status)
                .Add((int)attempt.Latency.TotalMilliseconds).Add(verdict.Reason.ToString());
        }

        return insert.ExecuteAsync(transaction, "ON DUPLICATE KEY UPDATE n = VALUES(n)", cancellationToken);
    }

    private static partial class Log
    {
        [LoggerMessage(3011, LogLevel.Error, "Delivery to e-Sight is held: {Reason}")]
        public static partial void Closed(ILogger logger, string reason);

        [LoggerMessage(3012, LogLevel.Warning, "Delivery to e-Sight goes on")]
        public static partial void Opened(ILogger logger);
    }
}
