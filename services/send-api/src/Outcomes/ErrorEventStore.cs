using System.Data.Common;
using System.Text.Json;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Hosting;
using EnergyLoad.SendApi.Outcomes.Incidents;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.SendApi.Outcomes.Search;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Marks the readings that an error event names; an event about a message that is not known waits in quarantine.</summary>
internal sealed class ErrorEventStore(Database database, OutcomeOutbox outbox, IOptions<DeliveryOptions> options)
{
    private const int QuarantineBatch = 100;

    private const string IsPending = "SELECT 1 FROM messages WHERE id = @id AND state IN (0, 1)";

    private const string LockMessage = """
        SELECT id, body, state, gateway_hash, attempts, cycle, cycle_at, attempts > cycle_attempts OR owner <> CAST('' AS BINARY(16)) AS went_out
        FROM messages WHERE id = @id FOR UPDATE
        """;

    private const string InsertEvent = """
        INSERT INTO error_events (event_id, message_id, esight_id, received_at) VALUES (@eventId, @id, @esightId, @receivedAt)
        ON DUPLICATE KEY UPDATE event_id = event_id
        """;

    private const string InsertError = """
        INSERT INTO reading_errors (message_id, reading, event_id, error_code, error_message, reported_at, cycle)
        VALUES (@id, @reading, @eventId, @code, @text, @receivedAt, @cycle)
        """;

    private const string MarkMessage = """
        UPDATE messages SET
          rejected_readings = (SELECT COUNT(DISTINCT reading) FROM reading_errors WHERE message_id = @id AND reading >= 0 AND cycle = @cycle),
          state = IF(state IN (1, 0), 2, state), reason = IF(rejected_readings > 0, 'RejectedByReport', @reason), due_at = '9999-12-31',
          delivered_at = COALESCE(delivered_at, UTC_TIMESTAMP(6)),
          settles_at = COALESCE(settles_at, UTC_TIMESTAMP(6) + INTERVAL @settle MINUTE)
        WHERE id = @id AND state IN (0, 1, 2)
        """;

    private const string RejectWhole = "UPDATE messages SET state = 3 WHERE id = @id AND state = 2 AND rejected_readings = readings";

    private const string InsertQuarantine = """
        INSERT INTO quarantine (event_id, send_id, outgoing_id, event, received_at) VALUES (@eventId, @id, @outgoingId, @event, UTC_TIMESTAMP(6))
        ON DUPLICATE KEY UPDATE event_id = event_id
        """;

    private const string Releasable = """
        SELECT q.event FROM quarantine q JOIN messages m ON m.id = q.send_id ORDER BY q.event_id LIMIT @most
        """;

    private const string Release = "DELETE FROM quarantine WHERE event_id = @eventId";

    /// <summary>Applies an event; the same event again changes nothing.</summary>
    public Task<ErrorEventOutcome> ApplyAsync(ErrorEvent errorEvent, CancellationToken cancellationToken) =>
        database.InTransactionAsync((transaction, token) => ApplyAsync(transaction, errorEvent, token), cancellationToken);

    /// <summary>Events in quarantine whose message is known by now.</summary>
    public async Task<IReadOnlyList<ErrorEvent>> FindReleasableAsync(CancellationToken cancellationToken)
    {
        var events = await database.QueryAsync<byte[]>(Releasable, new { most = QuarantineBatch }, cancellationToken);
        return [.. events.Select(bytes => JsonSerializer.Deserialize(bytes, SendJson.Default.ErrorEvent)!)];
    }

    /// <summary>Takes an event out of quarantine that can never be applied.</summary>
    public Task DropAsync(ErrorEvent errorEvent, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Release, new { eventId = errorEvent.EventId.ToString("D") }, cancellationToken);

    private async Task<ErrorEventOutcome> ApplyAsync(DbTransaction transaction, ErrorEvent errorEvent, CancellationToken cancellationToken)
    {
        var eventId = errorEvent.EventId.ToString("D");
        var id = errorEvent.SendId?.ToByteArray(bigEndian: true);
        var message = id is null ? null : await LockAsync(transaction, id, cancellationToken);
        if (message is null)
        {
            var json = JsonSerializer.SerializeToUtf8Bytes(errorEvent, SendJson.Default.ErrorEvent);
            var parameters = new { eventId, id, outgoingId = errorEvent.MessageId ?? "", @event = json };
            await transaction.ExecuteAsync(InsertQuarantine, parameters, cancellationToken);
            return ErrorEventOutcome.Quarantined;
        }

        var row = new { eventId, id, esightId = errorEvent.EsightId ?? "", receivedAt = errorEvent.ReceivedAt };
        await transaction.ExecuteAsync(Release, new { eventId }, cancellationToken);
        if (await transaction.ExecuteAsync(InsertEvent, row, cancellationToken) == 0)
        {
            return ErrorEventOutcome.Repeated;
        }

        await MarkAsync(transaction, message, errorEvent, eventId, cancellationToken);
        await IncidentBook.RecordAsync(
            transaction, IncidentSource.Report, errorEvent.ErrorCode, errorEvent.ErrorMessage, [message.Id], cancellationToken);
        return ErrorEventOutcome.Applied;
    }

    private static async Task<MessageRow?> LockAsync(DbTransaction transaction, byte[] id, CancellationToken cancellationToken)
    {
        // A report about a pending message takes it out of delivery.
        if ((await transaction.QueryAsync<int>(IsPending, new { id }, cancellationToken)).Count > 0)
        {
            await Gate.EnterAsync(transaction, cancellationToken);
        }

        return (await transaction.QueryAsync<MessageRow>(LockMessage, new { id }, cancellationToken)).SingleOrDefault();
    }

    private async Task MarkAsync(
        DbTransaction transaction, MessageRow message, ErrorEvent errorEvent, string eventId, CancellationToken cancellationToken)
    {
        // What comes in late about a message that was resent meanwhile says nothing of the resend.
        var ofFormerCycle = message.Cycle > 0 && (!message.WentOut || errorEvent.ReceivedAt < message.CycleAt);

        // An item that names no reading of the message is kept beside it, under no reading.
        var named = NamedReadings.Find(message.Body, errorEvent);
        var errors = (named.Count == 0 ? [-1] : named).Select(reading => new
        {
            id = message.Id,
            reading,
            eventId,
            code = errorEvent.ErrorCode,
            text = errorEvent.ErrorMessage,
            receivedAt = errorEvent.ReceivedAt,
            cycle = ofFormerCycle ? message.Cycle - 1 : message.Cycle,
        });
        await transaction.ExecuteAsync(InsertError, errors, cancellationToken);
        if (ofFormerCycle)
        {
            return;
        }

        // A report proves the receipt, whatever our own attempts have seen of it.
        var wasPending = message.State is MessageState.Accepted or MessageState.Parked;
        var reason = named.Count > 0 ? ReasonCode.RejectedByReport : ReasonCode.DeliveredByReport;
        var mark = new { id = message.Id, reason = reason.ToString(), settle = options.Value.SettleMinutes, cycle = message.Cycle };
        await transaction.ExecuteAsync(MarkMessage, mark, cancellationToken);
        await transaction.ExecuteAsync(RejectWhole, new { id = message.Id }, cancellationToken);
        await SearchRows.WriteAsync(transaction, [message.Id], cancellationToken);
        if (wasPending)
        {
            await DeliveryOrder.LeaveAsync(transaction, [message.Id], [message.GatewayHash], cancellationToken);
            await outbox.AddAsync(transaction, [message.DeliveredByReport(errorEvent)], cancellationToken);
        }
    }

    private sealed class MessageRow
    {
        public required byte[] Id { get; init; }

        public required byte[] Body { get; init; }

        public required MessageState State { get; init; }

        public required long GatewayHash { get; init; }

        public required int Attempts { get; init; }

        public required int Cycle { get; init; }

        public required DateTimeOffset? CycleAt { get; init; }

        /// <summary>Whether the present cycle has been, or is being, posted.</summary>
        public required bool WentOut { get; init; }

        public ToldOutcome DeliveredByReport(ErrorEvent errorEvent) => new()
        {
            SendId = new Guid(Id, bigEndian: true),
            State = MessageState.Delivered,
            Reason = nameof(ReasonCode.DeliveredByReport),
            Starting = errorEvent.ReceivedAt,
            Ending = errorEvent.ReceivedAt,
            Attempts = Attempts,
        };
    }
}
