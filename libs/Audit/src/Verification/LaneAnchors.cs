using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Verification;

/// <summary>What genuine anchors saw of one lane.</summary>
internal sealed class LaneAnchors
{
    private readonly Dictionary<long, List<SeenHead>> _seen = [];
    private SeenHead? _farthest;

    public void Add(long anchor, LaneState head)
    {
        if (!_seen.TryGetValue(head.Seq, out var there))
        {
            _seen[head.Seq] = there = [];
        }

        // Two anchors that differ at one place are both kept: one of them will contradict whatever row is there.
        if (!there.Exists(seen => seen.Head.HasMac(head.Mac)))
        {
            there.Add(new SeenHead(anchor, head));
        }

        if (_farthest is null || head.Seq > _farthest.Head.Seq)
        {
            _farthest = new SeenHead(anchor, head);
        }
    }

    /// <summary>Number of an anchor that saw another row there; null when none did.</summary>
    public long? Contradicts(LaneState row) =>
        _seen.TryGetValue(row.Seq, out var there) ? there.Find(seen => !seen.Head.HasMac(row.Mac))?.Anchor : null;

    /// <summary>The anchor that saw farthest, when it saw farther than this row.</summary>
    public SeenHead? Beyond(long seq) => _farthest?.Head.Seq > seq ? _farthest : null;
}
