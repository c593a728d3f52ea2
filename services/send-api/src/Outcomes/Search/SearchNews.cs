using System.Collections.Concurrent;

namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>
/// Messages of which this process knows that the rows that searches read do not follow them by themselves. It is a hint, told after the
/// commit: what is lost of it with the process, the projection finds when it looks back.
/// </summary>
internal sealed class SearchNews
{
    /// <summary>Committed so late that the projection may have gone past their ids.</summary>
    public Hints Late { get; } = new();

    /// <summary>Accepted or parked until now, and something else since.</summary>
    public Hints Changed { get; } = new();

    /// <summary>Ids of messages; more than a long backlog's are not kept.</summary>
    internal sealed class Hints
    {
        private const int Capacity = 50_000;
        private readonly ConcurrentQueue<byte[]> _ids = new();

        public void Add(IEnumerable<byte[]> ids)
        {
            foreach (var id in ids.TakeWhile(_ => _ids.Count < Capacity))
            {
                _ids.Enqueue(id);
            }
        }

        public IReadOnlyList<byte[]> Take(int most)
        {
            var ids = new List<byte[]>();
            while (ids.Count < most && _ids.TryDequeue(out var id))
            {
                ids.Add(id);
            }

            return ids;
        }
    }
}
