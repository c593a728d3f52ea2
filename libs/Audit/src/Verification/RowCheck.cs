using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Verification;

/// <summary>Whether one row is what was sealed, taken by itself.</summary>
internal sealed class RowCheck(AuditKeys keys)
{
    // How far from its place a moved row is looked for; farther away it is reported as edited.
    private const int SearchedPlaces = 500;

    public AuditFinding? Find(AuditRow row)
    {
        if (!keys.Knows(row.KeyId))
        {
            return Finding(AuditFindingKind.KeyUnknown, row, $"it was sealed with key '{row.KeyId}', which is not configured here");
        }

        if (!keys.Holds(row.KeyId, RowSeal.Bytes(row), row.Mac))
        {
            return PlaceOf(row) is var (lane, seq)
                ? Finding(AuditFindingKind.Reordered, row, $"it was written as row {seq} of lane {lane}")
                : Finding(AuditFindingKind.Edited, row, "it does not say what was sealed");
        }

        return row.Salt is null ? FindErased(row) : FindOpen(row);
    }

    private AuditFinding? FindErased(AuditRow row)
    {
        if (row.ClientIp is not null || row.Msisdn is not null)
        {
            return Finding(AuditFindingKind.Edited, row, "it has an address or an MSISDN that was not sealed");
        }

        var hadPersonalData = row.ClientIpCommitment is not null || row.MsisdnCommitment is not null;
        var proven = row.Erasure is not null && keys.Holds(row.KeyId, RowSeal.ErasureBytes(row), row.Erasure);
        return hadPersonalData && !proven
            ? Finding(AuditFindingKind.ErasureForged, row, "its address or MSISDN was removed by somebody without the key")
            : null;
    }

    private static AuditFinding? FindOpen(AuditRow row)
    {
        var clientIp = RowSeal.Commit(row.Salt, nameof(AuditRow.ClientIp), row.ClientIp);
        var msisdn = RowSeal.Commit(row.Salt, nameof(AuditRow.Msisdn), row.Msisdn);
        return Same(clientIp, row.ClientIpCommitment) && Same(msisdn, row.MsisdnCommitment)
            ? null
            : Finding(AuditFindingKind.Edited, row, "its address or MSISDN is not what was sealed");
    }

    private (int Lane, long Seq)? PlaceOf(AuditRow row)
    {
        for (var lane = 0; lane < LaneWriter.Lanes; lane++)
        {
            for (var seq = Math.Max(1, row.Seq - SearchedPlaces); seq <= row.Seq + SearchedPlaces; seq++)
            {
                if (keys.Holds(row.KeyId, RowSeal.Bytes(row with { Lane = lane, Seq = seq }), row.Mac))
                {
                    return (lane, seq);
                }
            }
        }

        return null;
    }

    private static bool Same(byte[]? left, byte[]? right) =>
        left is null ? right is null : right is not null && left.AsSpan().SequenceEqual(right);

    private static AuditFinding Finding(AuditFindingKind kind, AuditRow row, string what) =>
        new(kind, row.Lane, row.Seq, $"Row {row.Seq} of lane {row.Lane}: {what}.");
}
