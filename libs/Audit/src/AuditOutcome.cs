namespace EnergyLoad.Audit;

/// <summary>How an act ended.</summary>
public enum AuditOutcome
{
    /// <summary>The act took effect.</summary>
    Succeeded = 0,

    /// <summary>The act was refused and changed nothing.</summary>
    Refused = 1,
}
