namespace EnergyLoad.Audit;

/// <summary>Retention or erasure met a row that is not what was sealed, and left it as evidence.</summary>
public sealed class AuditTamperedException : Exception
{
    /// <summary>Says what was met.</summary>
    /// <param name="finding">What is wrong, and where.</param>
    public AuditTamperedException(AuditFinding finding)
        : base(finding?.Explanation)
    {
        ArgumentNullException.ThrowIfNull(finding);
        Finding = finding;
    }

    /// <summary>What is wrong, and where.</summary>
    public AuditFinding Finding { get; }
}
