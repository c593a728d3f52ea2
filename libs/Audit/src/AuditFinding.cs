namespace EnergyLoad.Audit;

/// <summary>One thing that is wrong with the log.</summary>
/// <param name="Kind">What is wrong.</param>
/// <param name="Lane">The lane; -1 when it is about none.</param>
/// <param name="Seq">The first bad row's number in its lane; of a missing row, the number that it had. 0 when it is about no row.</param>
/// <param name="Explanation">The same in a sentence, for people; no personal data.</param>
public sealed record AuditFinding(AuditFindingKind Kind, int Lane, long Seq, string Explanation);
