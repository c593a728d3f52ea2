using System.Data.Common;
using EnergyLoad.MySql;

namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>The rows that searches read: copies of what can be asked for, one per message.</summary>
internal static class SearchRows
{
    // UPPER does nothing to bytes.
    private const string Copy = """
        INSERT INTO message_search (id, message_key, sender, market, feed, site_code, meter, accepted_at, first_at, last_at, state,
          reason, settles_at)
        SELECT m.id, m.message_key, m.sender, m.market, m.feed, CONCAT(UPPER(CONVERT(m.market USING utf8mb4)), '_', m.site), m.meter,
          m.accepted_at, m.first_at, m.last_at, m.state, COALESCE(m.reason, ''), m.settles_at
        FROM messages m WHERE
        """;

    private const string AddRange = $"{Copy} m.id > @after AND m.id <= @last ON DUPLICATE KEY UPDATE message_search.id = message_search.id";
    private const string AddSome = $"{Copy} m.id IN @ids ON DUPLICATE KEY UPDATE message_search.id = message_search.id";

    private const string Write = $"""
        {Copy} m.id IN @ids
        ON DUPLICATE KEY UPDATE state = VALUES(state), reason = VALUES(reason), settles_at = VALUES(settles_at), aged = 0
        """;

    /// <summary>Adds the rows of all messages in a range of ids; those that are there stay as they are.</summary>
    public static Task AddAsync(DbTransaction transaction, byte[] after, byte[] last, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(AddRange, new { after, last }, cancellationToken);

    /// <summary>Adds the rows of some messages; those that are there stay as they are.</summary>
    public static Task AddAsync(DbTransaction transaction, IReadOnlyCollection<byte[]> ids, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(AddSome, new { ids }, cancellationToken);

    /// <summary>
    /// Call it in the transaction that takes messages out of a final state, or into one from outside delivery: the projection follows
    /// by itself only what is pending.
    /// </summary>
    public static Task WriteAsync(DbTransaction transaction, IReadOnlyCollection<byte[]> ids, CancellationToken cancellationToken) =>
        transaction.ExecuteAsync(Write, new { ids }, cancellationToken);
}
