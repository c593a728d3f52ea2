using EnergyLoad.Audit.Anchoring;
using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Verification;

/// <summary>All anchors that a verification compares with, by lane.</summary>
internal sealed class AnchorBook(AuditKeys keys)
{
    private readonly LaneAnchors[] _lanes = [.. Enumerable.Range(0, LaneWriter.Lanes).Select(_ => new LaneAnchors())];

    public int Forged { get; private set; }

    public int Outside { get; private set; }

    public DateTimeOffset? NewestOutside { get; private set; }

    public LaneAnchors this[int lane] => _lanes[lane];

    public void AddOutside(ReadOnlySpan<byte> json)
    {
        if (Add(json) is { } anchor)
        {
            Outside++;
            NewestOutside = anchor.At > NewestOutside ? anchor.At : NewestOutside ?? anchor.At;
        }
    }

    public AnchorDocument? Add(ReadOnlySpan<byte> json)
    {
        var anchor = AnchorDocument.Read(json);
        if (anchor?.IsGenuine(keys) != true)
        {
            Forged++;
            return null;
        }

        foreach (var head in anchor.Lanes)
        {
            _lanes[head.Lane].Add(anchor.Number, head);
        }

        return anchor;
    }
}
