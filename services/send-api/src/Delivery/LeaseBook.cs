using System.Collections.Concurrent;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>
/// The leases of what is under way, as far as this process can know: counted from the moment before it asked for them, by a clock that
/// nobody sets, so that it never believes to hold what the database may give to another.
/// </summary>
internal sealed class LeaseBook(TimeProvider timeProvider)
{
    private readonly ConcurrentDictionary<Guid, Entry> _entries = [];

    public byte[][] Ids => [.. _entries.Values.Select(entry => entry.Id)];

    /// <summary>Enters a claim.</summary>
    /// <param name="message">What was claimed.</param>
    /// <param name="asked">Timestamp from before the claim.</param>
    public void Add(ClaimedMessage message, long asked) => _entries[message.SendId.Value] = new Entry(message.Id, asked);

    public void Remove(ClaimedMessage message) => _entries.TryRemove(message.SendId.Value, out _);

    /// <summary>Enters a renewal.</summary>
    /// <param name="ids">What is still ours.</param>
    /// <param name="asked">Timestamp from before the renewal.</param>
    public void Renew(IReadOnlyCollection<byte[]> ids, long asked)
    {
        foreach (var id in ids)
        {
            var key = new Guid(id, bigEndian: true);
            if (_entries.TryGetValue(key, out var entry))
            {
                _entries.TryUpdate(key, entry with { Asked = asked }, entry);
            }
        }
    }

    /// <summary>Whether the message may be posted still.</summary>
    public bool Holds(ClaimedMessage message) =>
        _entries.TryGetValue(message.SendId.Value, out var entry) && timeProvider.GetElapsedTime(entry.Asked) < ClaimStore.LeaseTime;

    private sealed record Entry(byte[] Id, long Asked);
}
