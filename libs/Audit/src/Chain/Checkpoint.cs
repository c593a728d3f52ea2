namespace EnergyLoad.Audit.Chain;

/// <summary>Up to where retention has removed a lane's rows; sealed, so that nobody else can.</summary>
internal sealed record Checkpoint
{
    public int Lane { get; init; }

    public long Seq { get; init; }

    /// <summary>Seal of the last row that was removed.</summary>
    public byte[] Mac { get; init; } = [];

    public string KeyId { get; init; } = "";

    public byte[] Seal { get; init; } = [];

    public LaneState State => new() { Lane = Lane, Seq = Seq, Mac = Mac };

    public static Checkpoint Create(LaneState last, AuditKeys keys)
    {
        var checkpoint = new Checkpoint { Lane = last.Lane, Seq = last.Seq, Mac = last.Mac, KeyId = keys.CurrentId };
        return checkpoint with { Seal = keys.Seal(checkpoint.KeyId, checkpoint.Bytes())! };
    }

    public bool IsGenuine(AuditKeys keys) => keys.Holds(KeyId, Bytes(), Seal);

    public AuditFinding ForgedFinding() =>
        new(AuditFindingKind.CheckpointForged, Lane, Seq, $"The checkpoint of lane {Lane} was not made by retention.");

    private ReadOnlySpan<byte> Bytes() =>
        new CanonicalBytes("energyload.audit.checkpoint.1").Add(Lane).Add(Seq).Add(Mac).Add(KeyId).Written;
}
