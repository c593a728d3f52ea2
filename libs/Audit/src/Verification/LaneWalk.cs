using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Verification;

/// <summary>Walks one lane from its checkpoint to its head, row by row.</summary>
internal sealed class LaneWalk(RowCheck rows, LaneState start, LaneAnchors anchors)
{
    public LaneState Last { get; private set; } = start;

    /// <summary>Takes the next row; the first fault ends the walk.</summary>
    public AuditFinding? Step(AuditRow row)
    {
        var expected = Last.Seq + 1;
        if (rows.Find(row) is { } finding)
        {
            return finding;
        }

        if (row.Seq < expected)
        {
            return Finding(
                AuditFindingKind.Foreign, row.Seq, $"Row {row.Seq} of lane {row.Lane} was removed by retention and is there again.");
        }

        if (row.Seq > expected)
        {
            return Finding(AuditFindingKind.Deleted, expected, $"Row {expected} of lane {row.Lane} is missing: {row.Seq} comes next.");
        }

        if (!Last.HasMac(row.Previous))
        {
            return Finding(AuditFindingKind.Rewritten, row.Seq, $"Row {row.Seq} of lane {row.Lane} does not follow on the row before it.");
        }

        Last = new LaneState { Lane = row.Lane, Seq = row.Seq, Mac = row.Mac };
        return anchors.Contradicts(Last) is { } number
            ? Finding(AuditFindingKind.Rewritten, row.Seq, $"Row {row.Seq} of lane {row.Lane} is not the one that anchor {number} saw.")
            : null;
    }

    /// <summary>Compares the end of the walk with the lane's head and with the anchors.</summary>
    public AuditFinding? End(LaneState? head)
    {
        var next = Last.Seq + 1;
        if (anchors.Beyond(Last.Seq) is { } seen)
        {
            return Finding(
                AuditFindingKind.TailCut,
                next,
                $"Rows from {next} of lane {Last.Lane} are missing: anchor {seen.Anchor} saw row {seen.Head.Seq}.");
        }

        return head switch
        {
            null => Finding(AuditFindingKind.HeadChanged, 0, $"The head of lane {Last.Lane} is missing."),
            _ when head.Seq > Last.Seq => Finding(
                AuditFindingKind.TailCut, next, $"Rows from {next} of lane {Last.Lane} are missing: its head is at {head.Seq}."),
            _ when head.Seq < Last.Seq || !head.HasMac(Last.Mac) => Finding(
                AuditFindingKind.HeadChanged, Last.Seq, $"The head of lane {Last.Lane} does not fit its last row, {Last.Seq}."),
            _ => null,
        };
    }

    private AuditFinding Finding(AuditFindingKind kind, long seq, string explanation) => new(kind, Last.Lane, seq, explanation);
}
