namespace EnergyLoad.Audit.Chain;

/// <summary>One row of access_log, as it is stored.</summary>
internal sealed record AuditRow
{
    public int Lane { get; init; }

    public long Seq { get; init; }

    /// <summary>Microseconds since 1970 by the database's clock.</summary>
    public long At { get; init; }

    public int Type { get; init; }

    public int Outcome { get; init; }

    /// <summary>1, or how many refusals a counted row stands for.</summary>
    public long Occurrences { get; init; } = 1;

    public string Service { get; init; } = "";

    public string? TraceId { get; init; }

    public string? ActorId { get; init; }

    public string? TargetId { get; init; }

    public string? Subject { get; init; }

    public string? Detail { get; init; }

    public string? ClientIp { get; init; }

    public byte[]? ClientIpCommitment { get; init; }

    public string? Msisdn { get; init; }

    public byte[]? MsisdnCommitment { get; init; }

    /// <summary>Opens the two commitments; null when there is nothing to open, or no longer.</summary>
    public byte[]? Salt { get; init; }

    /// <summary>Proof that address, MSISDN and salt were dropped by somebody who holds the key; null while they are there.</summary>
    public byte[]? Erasure { get; init; }

    public string KeyId { get; init; } = "";

    /// <summary>Seal of the row before it in the lane; zeros for the first.</summary>
    public byte[] Previous { get; init; } = [];

    public byte[] Mac { get; init; } = [];
}
