using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Delivery;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Reads what became of one message.</summary>
internal sealed class StatusStore(Database database)
{
    private const string FindMessage = """
        SELECT id, sender, message_key, body, IF(state = 2 AND settles_at <= UTC_TIMESTAMP(6), 6, state) AS state, reason,
          accepted_at, delivered_at, settles_at, due_at, resend_of, cycle
        FROM messages WHERE id = @id
        """;

    private const string FindAttempts = "SELECT at, outcome, status, latency_ms, reason FROM attempts WHERE message_id = @id ORDER BY n";
    private const string FindErrors = """
        SELECT message_id, reading, error_code, error_message FROM reading_errors
        WHERE message_id = @id AND cycle = @cycle ORDER BY reported_at
        """;

    /// <summary>Reads a message with its attempts and readings; null when there is none of that id.</summary>
    public Task<MessageStatus?> FindAsync(SendId sendId, CancellationToken cancellationToken) =>
        database.InSnapshotAsync((snapshot, token) => FindAsync(snapshot, sendId, token), cancellationToken);

    private static async Task<MessageStatus?> FindAsync(DbTransaction snapshot, SendId sendId, CancellationToken cancellationToken)
    {
        var id = sendId.ToBytes();
        if ((await snapshot.QueryAsync<MessageRow>(FindMessage, new { id }, cancellationToken)).SingleOrDefault() is not { } message)
        {
            return null;
        }

        var attempts = await snapshot.QueryAsync<AttemptRow>(FindAttempts, new { id }, cancellationToken);
        var errors = await snapshot.QueryAsync<ReadingErrorRow>(FindErrors, new { id, cycle = message.Cycle }, cancellationToken);
        return new MessageStatus
        {
            SendId = sendId.ToString(),
            MessageId = message.MessageKey,
            Sender = message.Sender,
            State = NameOf(message.State),
            Reason = message.Reason,
            AcceptedAt = message.AcceptedAt,
            DeliveredAt = message.DeliveredAt,
            SettledAt = message.State == MessageState.Settled ? message.SettlesAt : null,
            NextAttemptAt = message.State is MessageState.Accepted or MessageState.Parked
                && message.DueAt.Year < 9999 ? message.DueAt : null,
            ResendOf = message.ResendOf is { } original ? SendId.FromBytes(original).ToString() : null,
            Attempts = [.. attempts.Select(row =>
                new AttemptStatus(row.At, row.Outcome.ToString().ToLowerInvariant(), row.Status, row.LatencyMs, row.Reason))],
            Readings = ReadingStates.Of(message.Body, message.State, errors),
        };
    }

    public static string NameOf(MessageState state) => state.ToString().ToLowerInvariant();

    private sealed class MessageRow
    {
        public required string Sender { get; init; }

        public required string MessageKey { get; init; }

        public required byte[] Body { get; init; }

        public required MessageState State { get; init; }

        public required string? Reason { get; init; }

        public required DateTimeOffset AcceptedAt { get; init; }

        public required DateTimeOffset? DeliveredAt { get; init; }

        public required DateTimeOffset? SettlesAt { get; init; }

        public required DateTimeOffset DueAt { get; init; }

        public required byte[]? ResendOf { get; init; }

        public required int Cycle { get; init; }
    }

    private sealed class AttemptRow
    {
        public required DateTimeOffset At { get; init; }

        public required AttemptOutcome Outcome { get; init; }

        public required int? Status { get; init; }

        public required int LatencyMs { get; init; }

        public required string Reason { get; init; }
    }
}
