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

/// <summary>Marks the readings that error events name; an event about a message that is not known waits in quarantine.</summary>
internal sealed class ErrorEventStore(Database database, OutcomeOutbox outbox, IOptions<DeliveryOptions> options)
{
    private const int QuarantineBatch = 100;

    // A large body is read by itself, when its turn comes: a few of them would take much memory together.
    private const int LargeBody = 64 * 1024;

    private const string AnyPending = "SELECT 1 FROM messages WHERE id IN @ids AND state IN (0, 1) LIMIT 1";

    private const string LockMessages = """
        SELECT id, IF(OCTET_LENGTH(body) < @large, body, '') AS body, state, gateway_hash, attempts, cycle, cycle_at,
          attempts > cycle_attempts OR owner <> CAST('' AS BINARY(16)) AS went_out
        FROM messages WHERE id IN @ids ORDER BY id FOR UPDATE
        """;

    private const string SelectBody = "SELECT body FROM messages WHERE id = @id";
    private const string SelectTaken = "SELECT event_id FROM error_events WHERE event_id IN @eventIds";
    private const string InsertEvents = "INSERT INTO error_events (event_id, message_id, esight_id, received_at) VALUES";

    private const string InsertErrors = """
        INSERT INTO reading_errors (message_id, reading, event_id, error_code, error_message, reported_at, cycle) VALUES
        """;

    // A report proves the receipt, whatever our own attempts have seen of it. Assignments run from left to right.
    private const string MarkMessages = """
        UPDATE messages SET
          rejected_readings = (SELECT COUNT(DISTINCT reading) FROM reading_errors e
            WHERE e.message_id = messages.id AND e.reading >= 0 AND e.cycle = messages.cycle),
          reason = IF(rejected_readings > 0, 'RejectedByReport', 'DeliveredByReport'),
          state = IF(rejected_readings = readings, 3, 2), due_at = '9999-12-31',
          delivered_at = COALESCE(delivered_at, UTC_TIMESTAMP(6)),
          settles_at = COALESCE(settles_at, UTC_TIMESTAMP(6) + INTERVAL @settle MINUTE)
        WHERE id IN @ids AND state IN (0, 1, 2)
        """;

    private const string InsertQuarantine = "INSERT INTO quarantine (event_id, send_id, outgoing_id, event, received_at) VALUES";
    private const string UnlessKnown = "ON DUPLICATE KEY UPDATE event_id = VALUES(event_id)";

    private const string Releasable = """
        SELECT q.event FROM quarantine q JOIN messages m ON m.id = q.send_id ORDER BY q.event_id LIMIT @most
        """;

    private const string Release = "DELETE FROM quarantine WHERE event_id IN @eventIds";

    /// <summary>Applies events, all of them or none; the same event again changes nothing.</summary>
    /// <returns>What became of each, in their order.</returns>
    public Task<IReadOnlyList<ErrorEventOutcome>> ApplyAsync(IReadOnlyList<ErrorEvent> events, CancellationToken cancellationToken) =>
        database.InTransactionAsync((transaction, token) => ApplyAsync(transaction, events, token), cancellationToken);

    /// <summary>Events in quarantine whose message is known by now.</summary>
    public async Task<IReadOnlyList<ErrorEvent>> FindReleasableAsync(CancellationToken cancellationToken)
    {
        var events = await database.QueryAsync<byte[]>(Releasable, new { most = QuarantineBatch }, cancellationToken);
        return [.. events.Select(bytes => JsonSerializer.Deserialize(bytes, SendJson.Default.ErrorEvent)!)];
    }

    /// <summary>Takes an event out of quarantine that can never be applied.</summary>
    public Task DropAsync(ErrorEvent errorEvent, CancellationToken cancellationToken) =>
        database.ExecuteAsync(Release, new { eventIds = IdsOf([errorEvent]) }, cancellationToken);

    private async Task<IReadOnlyList<ErrorEventOutcome>> ApplyAsync(
        DbTransaction transaction, IReadOnlyList<ErrorEvent> events, CancellationToken cancellationToken)
    {
        var messages = await LockAsync(transaction, events, cancellationToken);
        var unknown = events.Where(one => !IsKnown(one)).ToList();
        await QuarantineAsync(transaction, unknown, cancellationToken);
        var fresh = await TakeAsync(transaction, [.. events.Where(IsKnown).DistinctBy(one => one.EventId)], cancellationToken);
        if (fresh.Count > 0)
        {
            await MarkAsync(transaction, fresh.ConvertAll(one => new Finding(one, messages[one.SendId!.Value])), cancellationToken);
        }

        var applied = fresh.Select(one => one.EventId).ToHashSet();
        return [.. events.Select(one => applied.Remove(one.EventId) ? ErrorEventOutcome.Applied
            : IsKnown(one) ? ErrorEventOutcome.Repeated
            : ErrorEventOutcome.Quarantined)];

        bool IsKnown(ErrorEvent one) => one.SendId is { } id && messages.ContainsKey(id);
    }

    private static async Task<Dictionary<Guid, MessageRow>> LockAsync(
        DbTransaction transaction, IReadOnlyList<ErrorEvent> events, CancellationToken cancellationToken)
    {
        var ids = events.Select(one => one.SendId).OfType<Guid>().Distinct().Select(id => id.ToByteArray(bigEndian: true)).ToList();
        if (ids.Count == 0)
        {
            return [];
        }

        // A report about a pending message takes it out of delivery.
        if ((await transaction.QueryAsync<int>(AnyPending, new { ids }, cancellationToken)).Count > 0)
        {
            await Gate.EnterAsync(transaction, cancellationToken);
        }

        var rows = await transaction.QueryAsync<MessageRow>(LockMessages, new { ids, large = LargeBody }, cancellationToken);
        return rows.ToDictionary(row => new Guid(row.Id, bigEndian: true));
    }

    private static async Task QuarantineAsync(DbTransaction transaction, List<ErrorEvent> events, CancellationToken cancellationToken)
    {
        var rows = new InsertRows(InsertQuarantine);
        foreach (var one in events)
        {
            rows.Row().Add(one.EventId.ToString("D")).Add(one.SendId?.ToByteArray(bigEndian: true)).Add(one.MessageId ?? "")
                .Add(JsonSerializer.SerializeToUtf8Bytes(one, SendJson.Default.ErrorEvent)).AddNow();
        }

        await (events.Count == 0 ? Task.CompletedTask : rows.ExecuteAsync(transaction, UnlessKnown, cancellationToken));
    }

    /// <returns>Those that were not taken before; the locks on their messages keep another from taking them now.</returns>
    private static async Task<List<ErrorEvent>> TakeAsync(
        DbTransaction transaction, List<ErrorEvent> events, CancellationToken cancellationToken)
    {
        if (events.Count == 0)
        {
            return [];
        }

        var parameters = new { eventIds = IdsOf(events) };
        await transaction.ExecuteAsync(Release, parameters, cancellationToken);
        var taken = (await transaction.QueryAsync<byte[]>(SelectTaken, parameters, cancellationToken)).Select(id => Guid.Parse(id))
            .ToHashSet();
        return events.FindAll(one => !taken.Contains(one.EventId));
    }

    private async Task MarkAsync(DbTransaction transaction, List<Finding> findings, CancellationToken cancellationToken)
    {
        await InsertAsync(transaction, findings, cancellationToken);
        var marked = findings.Where(finding => !finding.IsOfFormerCycle).DistinctBy(finding => finding.Message).ToList();
        if (marked.Count > 0)
        {
            var ids = marked.ConvertAll(finding => finding.Message.Id);
            await transaction.ExecuteAsync(MarkMessages, new { ids, settle = options.Value.SettleMinutes }, cancellationToken);
            await SearchRows.WriteAsync(transaction, ids, cancellationToken);
            await LeaveDeliveryAsync(transaction, marked.FindAll(finding => finding.Message.IsPending), cancellationToken);
        }

        await CountAsync(transaction, findings, cancellationToken);
    }

    private static async Task InsertAsync(DbTransaction transaction, List<Finding> findings, CancellationToken cancellationToken)
    {
        var events = new InsertRows(InsertEvents);
        var errors = new InsertRows(InsertErrors);
        foreach (var (told, message) in findings)
        {
            var eventId = told.EventId.ToString("D");
            events.Row().Add(eventId).Add(message.Id).Add(told.EsightId ?? "").Add(told.ReceivedAt);
            var body = message.Body.Length > 0
                ? message.Body
                : (await transaction.QueryAsync<byte[]>(SelectBody, new { id = message.Id }, cancellationToken)).Single();

            // An item that names no reading of the message is kept beside it, under no reading.
            foreach (var reading in NamedReadings.Find(body, told).DefaultIfEmpty(-1))
            {
                errors.Row().Add(message.Id).Add(reading).Add(eventId).Add(told.ErrorCode).Add(told.ErrorMessage).Add(told.ReceivedAt)
                    .Add(message.IsOfFormerCycle(told) ? message.Cycle - 1 : message.Cycle);
            }
        }

        await errors.ExecuteAsync(transaction, ending: null, cancellationToken);
        events.ExecuteAtCommit(transaction, UnlessKnown);
    }

    private async Task LeaveDeliveryAsync(DbTransaction transaction, List<Finding> pending, CancellationToken cancellationToken)
    {
        await DeliveryOrder.LeaveAsync(
            transaction,
            [.. pending.Select(one => one.Message.Id)],
            [.. pending.Select(one => one.Message.GatewayHash).Distinct()],
            cancellationToken);
        outbox.Add(transaction, pending.Select(one => one.Message.DeliveredByReport(one.Event)));
    }

    /// <summary>Comes last, for others wait for the incidents' rows; of one message with several errors of a code, each counts.</summary>
    private static async Task CountAsync(DbTransaction transaction, List<Finding> findings, CancellationToken cancellationToken)
    {
        foreach (var ofCode in findings.GroupBy(finding => finding.Event.ErrorCode ?? "", StringComparer.Ordinal)
            .OrderBy(group => group.Key, StringComparer.Ordinal))
        {
            var text = ofCode.Select(finding => finding.Event.ErrorMessage).LastOrDefault(words => words is not null);
            var rounds = ofCode.GroupBy(finding => finding.Message).SelectMany(
                group => group.Select((finding, round) => (finding.Message.Id, Round: round)));
            foreach (var round in rounds.GroupBy(one => one.Round, one => one.Id))
            {
                await IncidentBook.RecordAsync(transaction, IncidentSource.Report, ofCode.Key, text, [.. round], cancellationToken);
            }
        }
    }

    private static IEnumerable<string> IdsOf(IEnumerable<ErrorEvent> events) => events.Select(one => one.EventId.ToString("D"));

    /// <summary>An event and the message that it is about.</summary>
    private sealed record Finding(ErrorEvent Event, MessageRow Message)
    {
        public bool IsOfFormerCycle => Message.IsOfFormerCycle(Event);
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

        public bool IsPending => State is MessageState.Accepted or MessageState.Parked;

        /// <summary>What comes in late about a message that was resent meanwhile says nothing of the resend.</summary>
        public bool IsOfFormerCycle(ErrorEvent told) => Cycle > 0 && (!WentOut || told.ReceivedAt < CycleAt);

        public ToldOutcome DeliveredByReport(ErrorEvent told) => new()
        {
            SendId = new Guid(Id, bigEndian: true),
            State = MessageState.Delivered,
            Reason = nameof(ReasonCode.DeliveredByReport),
            Starting = told.ReceivedAt,
            Ending = told.ReceivedAt,
            Attempts = Attempts,
        };
    }
}
