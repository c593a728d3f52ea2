using System.Net;

namespace EnergyLoad.Audit;

/// <summary>Whose, or which, personal data to erase; what is given must all hold of a row. At least one is given.</summary>
public sealed record AuditErasure
{
    /// <summary>Rows in which this MSISDN was claimed; null for any.</summary>
    public string? Msisdn { get; init; }

    /// <summary>Rows of this client address; null for any.</summary>
    public IPAddress? ClientAddress { get; init; }

    /// <summary>Rows in which this user acted or was acted upon; null for any.</summary>
    public string? UserId { get; init; }

    /// <summary>Rows before this instant; null for any.</summary>
    public DateTimeOffset? Before { get; init; }
}
