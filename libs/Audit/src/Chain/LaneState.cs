namespace EnergyLoad.Audit.Chain;

/// <summary>How far a lane has come: the number and the seal of its last row. Before the first row: 0 and zeros.</summary>
internal sealed record LaneState
{
    public int Lane { get; init; }

    public long Seq { get; init; }

    public byte[] Mac { get; init; } = new byte[32];

    public bool HasMac(byte[] mac) => Mac.AsSpan().SequenceEqual(mac);
}
