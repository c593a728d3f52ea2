namespace EnergyLoad.Audit;

/// <summary>What a verification found.</summary>
/// <param name="Rows">How many rows were looked at.</param>
/// <param name="AnchorsOutside">
/// How many anchors from outside the database were compared; with 0, a tail cut with care cannot be found.
/// </param>
/// <param name="NewestAnchorOutside">When the newest of them was taken; null without any. A tail cut after it cannot be found.</param>
/// <param name="Findings">The first fault of each lane; empty when the log is intact.</param>
public sealed record AuditVerification(
    long Rows, int AnchorsOutside, DateTimeOffset? NewestAnchorOutside, IReadOnlyList<AuditFinding> Findings)
{
    /// <summary>True when nothing was found.</summary>
    public bool IsIntact => Findings.Count == 0;
}
