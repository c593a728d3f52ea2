using System.Data.Common;
using EnergyLoad.Audit;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>Sends messages again: a whole one as a new cycle of its row, its rejected readings as a row of their own.</summary>
internal sealed class ResendStore(Database database, PartialResend partial, AuditLog audit)
{
    private const string LockMessage = """
        SELECT id, sender, message_key, body, gateway_urn, gateway_hash, market, feed, meter, readings, first_at, last_at, state,
          cycle, resend_of
        FROM messages WHERE id = @id FOR UPDATE
        """;

    private const string StartCycle = """
        UPDATE messages SET state = 0, reason = NULL, due_at = UTC_TIMESTAMP(6), owner = CAST('' AS BINARY(16)),
          delivered_at = NULL, settles_at = NULL, rejected_readings = 0,
          cycle = cycle + 1, cycle_at = UTC_TIMESTAMP(6), cycle_attempts = attempts
        WHERE id = @id
        """;

    private const string InsertResend = """
        INSERT INTO resends (id, message_id, new_id, job_id, user_id, resent_at)
        VALUES (@id, @messageId, @newId, @jobId, @userId, UTC_TIMESTAMP(6))
        """;

    /// <summary>Resends one message and writes it into the audit log, or lists what would be sent.</summary>
    public Task<ResendOutcome> ResendAsync(
        SendId sendId, Resend resend, bool dryRun, AuditContext context, CancellationToken cancellationToken) =>
        database.InTransactionAsync(
            async (transaction, token) =>
            {
                var outcome = await ResendAsync(transaction, sendId, resend, dryRun, token);
                if (outcome is ResendOutcome.Resent { Item: var item })
                {
                    var detail = resend.Part == ResendPart.All ? null : $"{item.Readings} rejected readings as {item.SendId}";
                    await audit.RecordAsync(transaction, AuditEvent.MessageResent(context, sendId.ToString(), detail), token);
                }

                return outcome;
            },
            cancellationToken);

    /// <summary>Resends one message as part of a larger act, or lists what would be sent.</summary>
    public async Task<ResendOutcome> ResendAsync(
        DbTransaction transaction, SendId sendId, Resend resend, bool dryRun, CancellationToken cancellationToken)
    {
        await Gate.EnterAsync(transaction, cancellationToken);
        var found = await transaction.QueryAsync<ResendableMessage>(LockMessage, new { id = sendId.ToBytes() }, cancellationToken);
        if (found is not [var message] || (resend.Owner is { } owner && message.Sender != owner))
        {
            return new ResendOutcome.NotFound();
        }

        var part = resend.Part == ResendPart.All ? null : await partial.PrepareAsync(transaction, message, cancellationToken);
        var (readings, first, last) = part is null
            ? (message.Readings, message.FirstAt, message.LastAt)
            : (part.Readings, part.First, part.Last);
        var newer = await NewerMessages.FindAsync(transaction, message, first, last, cancellationToken);
        var item = new ResendItem(sendId.ToString(), message.MessageKey, readings, newer);
        if (ObstacleOf(message, readings, newer.Count > 0 && !resend.Force && !dryRun) is { } obstacle)
        {
            return new ResendOutcome.Refused(obstacle, item);
        }

        if (dryRun)
        {
            return new ResendOutcome.Listed(item);
        }

        var newId = part is null ? null : await partial.InsertAsync(transaction, message, part, cancellationToken);
        await (part is null ? StartCycleAsync(transaction, message, cancellationToken) : Task.CompletedTask);
        var id = Guid.CreateVersion7().ToByteArray(bigEndian: true);
        var row = new { id, messageId = message.Id, newId, jobId = resend.JobId, userId = resend.UserId };
        await transaction.ExecuteAsync(InsertResend, row, cancellationToken);
        return new ResendOutcome.Resent(newId is null ? item : item with { SendId = SendId.FromBytes(newId).ToString() });
    }

    private static ReasonCode? ObstacleOf(ResendableMessage message, int readings, bool newerStandInTheWay) =>
        message.State is MessageState.Accepted or MessageState.Parked ? ReasonCode.StillOnItsWay
            : readings == 0 ? ReasonCode.NoRejectedReadings
            : newerStandInTheWay ? ReasonCode.NewerMessages
            : null;

    private static async Task StartCycleAsync(DbTransaction transaction, ResendableMessage message, CancellationToken cancellationToken)
    {
        await transaction.ExecuteAsync(StartCycle, new { id = message.Id }, cancellationToken);
        await DeliveryOrder.EnterAsync(transaction, message.Id, cancellationToken);
        await SearchRows.WriteAsync(transaction, [message.Id], cancellationToken);
    }
}
