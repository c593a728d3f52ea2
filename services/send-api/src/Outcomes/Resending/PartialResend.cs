using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes.Search;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>Sends only the rejected readings of a message, as a message of their own.</summary>
internal sealed class PartialResend(DatabaseClock clock, TimeProvider timeProvider)
{
    private const string RejectedReadings =
        "SELECT DISTINCT reading FROM reading_errors WHERE message_id = @id AND cycle = @cycle AND reading >= 0";

    private const string KeysOfResends = """
        SELECT message_key FROM messages WHERE sender = @sender AND message_key > CONCAT(@key, '#r') AND message_key < CONCAT(@key, '#s')
        """;

    private const string InsertMessage = """
        INSERT INTO messages (id, sender, message_key, body, body_hash, splice_at, gateway_urn, gateway_hash, market, feed, site, meter,
          readings, first_at, last_at, accepted_at, traceparent, due_at, resend_of)
        SELECT @newId, sender, @newKey, @body, @hash, @spliceAt, gateway_urn, gateway_hash, market, feed, site, meter,
          @readings, @first, @last, @now, traceparent, UTC_TIMESTAMP(6), id
        FROM messages WHERE id = @id
        """;

    // The left side of the ledger: a row of its own is an acceptance of its own.
    private const string InsertCount = """
        INSERT INTO ledger_counts (id, accepted_at, sender, market, feed, messages, readings)
        VALUES (@countId, @now, @sender, @market, @feed, 1, @readings)
        """;

    /// <summary>Cuts the rejected readings out of a message.</summary>
    public async Task<RejectedPart> PrepareAsync(DbTransaction transaction, ResendableMessage message, CancellationToken cancellationToken)
    {
        var rejected = message.State == MessageState.Rejected
            ? Enumerable.Range(0, message.Readings)
            : await transaction.QueryAsync<int>(RejectedReadings, new { id = message.Id, cycle = message.Cycle }, cancellationToken);
        var places = rejected.ToHashSet();
        if (places.Count == 0)
        {
            return new RejectedPart(null, 0, 0, message.FirstAt, message.LastAt);
        }

        var body = PartOfMessage.Of(message.Body, places);
        return Push.ReadJson(body, timeProvider.GetUtcNow()) is Push.One { Reading: MessageReading.Valid { Message: var part } }
            ? new RejectedPart(body, part.SpliceAt, part.Readings, part.FirstInstant, part.LastInstant)
            : throw new InvalidOperationException($"A part of {message.SendId} is not a message.");
    }

    /// <summary>Accepts the part under an id of its own; it is delivered like any other message.</summary>
    /// <returns>The new id.</returns>
    public async Task<byte[]> InsertAsync(
        DbTransaction transaction, ResendableMessage message, RejectedPart part, CancellationToken cancellationToken)
    {
        var now = await clock.GetNowAsync(cancellationToken);
        var ids = SendId.Batch(now, 2);
        var newId = ids[0].ToBytes();
        var parameters = new
        {
            id = message.Id,
            newId,
            newKey = await NextKeyAsync(transaction, message, cancellationToken),
            body = part.Body,
            hash = SHA256.HashData(part.Body!),
            spliceAt = part.SpliceAt,
            readings = part.Readings,
            first = part.First,
            last = part.Last,
            now,
            countId = ids[1].ToBytes(),
            sender = message.Sender,
            market = message.Market,
            feed = message.Feed,
        };
        await transaction.ExecuteAsync(InsertMessage, parameters, cancellationToken);
        await transaction.ExecuteAsync(InsertCount, parameters, cancellationToken);
        await SearchRows.WriteAsync(transaction, [newId], cancellationToken);
        return newId;
    }

    private static async Task<string> NextKeyAsync(
        DbTransaction transaction, ResendableMessage message, CancellationToken cancellationToken)
    {
        var key = message.OriginalKey;
        var keys = await transaction.QueryAsync<string>(KeysOfResends, new { sender = message.Sender, key }, cancellationToken);
        var numbers = keys.Select(
            used => int.TryParse(used.AsSpan(key.Length + 2), NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : 0);
        return string.Create(CultureInfo.InvariantCulture, $"{key}#r{numbers.DefaultIfEmpty(0).Max() + 1}");
    }
}
