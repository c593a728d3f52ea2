using System.Data.Common;
using EnergyLoad.Audit;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;
using EnergyLoad.SendApi.Outcomes.Publishing;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Outcomes.Cancelling;

/// <summary>Takes a message out before its delivery.</summary>
internal sealed class CancelStore(Database database, OutcomeOutbox outbox, AuditLog audit)
{
    private const string LockMessage = """
        SELECT sender, state, gateway_hash, attempts, UTC_TIMESTAMP(6) AS now,
          owner <> CAST('' AS BINARY(16)) AND due_at > UTC_TIMESTAMP(6) AND due_at < '9999-12-31' AS leased
        FROM messages WHERE id = @id FOR UPDATE
        """;

    private const string Cancel = """
        UPDATE messages SET state = 5, reason = @reason, owner = CAST('' AS BINARY(16)), due_at = '9999-12-31' WHERE id = @id
        """;

    /// <summary>Cancels a message; what waited behind it may go on.</summary>
    /// <param name="sendId">Which message.</param>
    /// <param name="owner">The sender whose messages may be cancelled; null for all.</param>
    /// <param name="context">Who wishes it.</param>
    /// <param name="cancellationToken">Gives up before the commit.</param>
    public Task<CancelOutcome> CancelAsync(SendId sendId, string? owner, AuditContext context, CancellationToken cancellationToken) =>
        database.InTransactionAsync((transaction, token) => CancelAsync(transaction, sendId, owner, context, token), cancellationToken);

    private async Task<CancelOutcome> CancelAsync(
        DbTransaction transaction, SendId sendId, string? owner, AuditContext context, CancellationToken cancellationToken)
    {
        var id = sendId.ToBytes();
        await Gate.EnterAsync(transaction, cancellationToken);
        var message = (await transaction.QueryAsync<MessageRow>(LockMessage, new { id }, cancellationToken)).SingleOrDefault();
        if (message is null || (owner is not null && message.Sender != owner))
        {
            return new CancelOutcome.NotFound();
        }

        if (message.State is not (MessageState.Accepted or MessageState.Parked) || message.Leased)
        {
            return new CancelOutcome.TooLate(message.State);
        }

        await transaction.ExecuteAsync(Cancel, new { id, reason = nameof(ReasonCode.CancelledByUser) }, cancellationToken);
        await SearchRows.WriteAsync(transaction, [id], cancellationToken);
        await DeliveryOrder.LeaveAsync(transaction, [id], [message.GatewayHash], cancellationToken);
        outbox.Add(transaction, [message.Told(sendId)]);
        await audit.RecordAsync(transaction, AuditEvent.MessageCancelled(context, sendId.ToString()), cancellationToken);
        return new CancelOutcome.Cancelled();
    }

    private sealed class MessageRow
    {
        public required string Sender { get; init; }

        public required MessageState State { get; init; }

        public required long GatewayHash { get; init; }

        public required bool Leased { get; init; }

        public required int Attempts { get; init; }

        public required DateTimeOffset Now { get; init; }

        public ToldOutcome Told(SendId sendId) => new()
        {
            SendId = sendId.Value,
            State = MessageState.Cancelled,
            Reason = nameof(ReasonCode.CancelledByUser),
            Starting = Now,
            Ending = Now,
            Attempts = Attempts,
        };
    }
}
