using System.Data.Common;
using EnergyLoad.MySql;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>
/// Takes due messages under a lease, oldest first; never one whose meter has an older overlapping one under way or waiting.
/// </summary>
internal sealed class ClaimStore(Database database, IOptions<DeliveryOptions> options)
{
    private const string Candidates = """
        SELECT id, body, splice_at, gateway_hash, market, site, meter, first_at, last_at, COALESCE(cycle_at, accepted_at) AS accepted_at,
          due_at, UTC_TIMESTAMP(6) AS now, state, attempts, cycle_attempts, reason, traceparent
        FROM messages WHERE due_at <= UTC_TIMESTAMP(6) ORDER BY due_at, id LIMIT @most FOR UPDATE SKIP LOCKED
        """;

    // A row that another transaction has locked (a repeated push, a stranger) is passed over, and goes first all the same.
    private const string OrderOfMeters = """
        SELECT gateway_hash, message_id, first_at, last_at FROM delivery_order WHERE gateway_hash IN @hashes
        UNION ALL
        SELECT gateway_hash, id, first_at, last_at FROM messages
        WHERE due_at <= @dueAt AND (due_at < @dueAt OR id < @last) AND id NOT IN @ids
        """;

    private const string EnterOrder = "INSERT INTO delivery_order (gateway_hash, message_id, first_at, last_at, waits) VALUES";
    private const string OrAgain = "ON DUPLICATE KEY UPDATE waits = VALUES(waits)";
    private const string Lease =
        "UPDATE messages SET owner = @owner, due_at = UTC_TIMESTAMP(6) + INTERVAL @seconds SECOND WHERE id IN @ids";
    private const string Hold = "UPDATE messages SET due_at = '9999-12-31' WHERE id IN @ids";

    private const string Renewal = """
        UPDATE messages SET due_at = UTC_TIMESTAMP(6) + INTERVAL @seconds SECOND WHERE id IN @ids AND owner = @owner AND state IN (0, 1)
        """;

    private const string StillOurs = "SELECT id FROM messages WHERE id IN @ids AND owner = @owner AND state IN (0, 1)";

    private const string GiveBack = """
        UPDATE messages SET due_at = UTC_TIMESTAMP(6), owner = CAST('' AS BINARY(16)) WHERE id = @id AND owner = @owner AND state IN (0, 1)
        """;

    // Where a rate is set, nothing can be claimed before there is a token.
    private const string NextDue = """
        SELECT TIMESTAMPDIFF(MICROSECOND, UTC_TIMESTAMP(6), GREATEST(
          (SELECT MIN(due_at) FROM messages WHERE due_at < '9999-12-31'),
          (SELECT IF(paused_at IS NULL, closed_until, NULL) FROM esight_gate WHERE id = 1),
          (SELECT tokens_at + INTERVAL IF(@rate = 0, 0, GREATEST(0, 1 - tokens) * 1000000 / @rate) MICROSECOND
            FROM esight_gate WHERE id = 1)))
        """;

    /// <summary>How long a claim, or its renewal, holds.</summary>
    public static readonly TimeSpan LeaseTime = TimeSpan.FromSeconds(5);

    /// <summary>The name under which this process holds its leases.</summary>
    public byte[] Owner { get; } = Guid.CreateVersion7().ToByteArray(bigEndian: true);

    /// <summary>Claims up to so many messages; none while the gate is closed.</summary>
    public Task<IReadOnlyList<ClaimedMessage>> ClaimAsync(int most, CancellationToken cancellationToken) =>
        database.InTransactionAsync<IReadOnlyList<ClaimedMessage>>(
            async (transaction, token) =>
            {
                var admitted = await Gate.AdmitAsync(transaction, most, options.Value, token);
                if (admitted == 0)
                {
                    return [];
                }

                var candidates = await transaction.QueryAsync<ClaimedMessage>(Candidates, new { most = admitted }, token);
                var claimed = candidates.Count == 0 ? [] : await InOrderAsync(transaction, candidates, token);
                await Gate.SpendAsync(transaction, claimed.Count, options.Value, token);
                return claimed;
            },
            cancellationToken);

    /// <summary>Keeps the leases of messages that are still under way.</summary>
    /// <returns>Those that are still ours.</returns>
    public async Task<IReadOnlyCollection<byte[]>> RenewAsync(IReadOnlyCollection<byte[]> ids, CancellationToken cancellationToken)
    {
        var parameters = new { ids, owner = Owner, seconds = (int)LeaseTime.TotalSeconds };
        return await database.ExecuteAsync(Renewal, parameters, cancellationToken) == ids.Count
            ? ids
            : await database.QueryAsync<byte[]>(StillOurs, parameters, cancellationToken);
    }

    /// <summary>Hands a claimed message back that was not posted: any instance may claim it at once.</summary>
    public Task GiveBackAsync(ClaimedMessage message, CancellationToken cancellationToken) => database.InTransactionAsync(
        async (transaction, token) =>
        {
            await Gate.EnterAsync(transaction, token);
            var given = await transaction.ExecuteAsync(GiveBack, new { id = message.Id, owner = Owner }, token);
            await Gate.GiveBackAsync(transaction, given, options.Value, token);
        },
        cancellationToken);

    /// <summary>
    /// Time until something can be claimed again, zero or less when it can now; null when nothing waits, or nothing may be claimed until
    /// somebody resumes.
    /// </summary>
    public async Task<TimeSpan?> NextDueAsync(CancellationToken cancellationToken)
    {
        var found = await database.QueryAsync<long?>(NextDue, new { rate = options.Value.RatePerSecond }, cancellationToken);
        return found.Single() is { } microseconds ? TimeSpan.FromMicroseconds(microseconds) : null;
    }

    private async Task<List<ClaimedMessage>> InOrderAsync(
        DbTransaction transaction, List<ClaimedMessage> candidates, CancellationToken cancellationToken)
    {
        var hashes = candidates.Select(candidate => candidate.GatewayHash).Distinct();
        var ids = candidates.Select(candidate => candidate.Id);
        var places = await transaction.QueryAsync<Place>(
            OrderOfMeters, new { hashes, ids, dueAt = candidates[^1].DueAt, last = candidates[^1].Id }, cancellationToken);
        var ahead = places.ToLookup(place => place.GatewayHash);
        var claimed = new List<ClaimedMessage>(candidates.Count);
        var held = new List<ClaimedMessage>();
        foreach (var candidate in candidates.OrderBy(candidate => candidate.Id, BytesInOrder))
        {
            var mustWait = ahead[candidate.GatewayHash].Any(place => IsAhead(place.MessageId, place.FirstAt, place.LastAt, candidate))
                || claimed.Concat(held).Any(
                    other => other.GatewayHash == candidate.GatewayHash && IsAhead(other.Id, other.FirstAt, other.LastAt, candidate));
            (mustWait ? held : claimed).Add(candidate);
        }

        await EnterAsync(transaction, claimed, waits: false, Lease, cancellationToken);
        await EnterAsync(transaction, held, waits: true, Hold, cancellationToken);
        return claimed;
    }

    private static readonly Comparer<byte[]> BytesInOrder =
        Comparer<byte[]>.Create((left, right) => left.AsSpan().SequenceCompareTo(right));

    private static bool IsAhead(byte[] id, DateTimeOffset first, DateTimeOffset last, ClaimedMessage candidate) =>
        id.AsSpan().SequenceCompareTo(candidate.Id) < 0 && candidate.Overlaps(first, last);

    private async Task EnterAsync(
        DbTransaction transaction, List<ClaimedMessage> messages, bool waits, string update, CancellationToken cancellationToken)
    {
        if (messages.Count == 0)
        {
            return;
        }

        var places = new InsertRows(EnterOrder);
        foreach (var message in messages)
        {
            places.Row().Add(message.GatewayHash).Add(message.Id).Add(message.FirstAt).Add(message.LastAt).Add(waits ? 1 : 0);
        }

        places.ExecuteAtCommit(transaction, OrAgain);
        var parameters = new { owner = Owner, seconds = (int)LeaseTime.TotalSeconds, ids = messages.Select(message => message.Id) };
        await transaction.ExecuteAsync(update, parameters, cancellationToken);
    }

    private sealed class Place
    {
        public required long GatewayHash { get; init; }

        public required byte[] MessageId { get; init; }

        public required DateTimeOffset FirstAt { get; init; }

        public required DateTimeOffset LastAt { get; init; }
    }
}
