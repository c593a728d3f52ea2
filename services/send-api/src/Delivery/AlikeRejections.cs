using System.Buffers.Binary;
using EnergyLoad.SendApi.Outcomes;

namespace EnergyLoad.SendApi.Delivery;

/// <summary>
/// The messages that e-Sight rejected alike in a row, by their meters: one meter's messages may all be wrong, but when those of many
/// meters are, the fault is elsewhere and the backlog must not be burnt on it.
/// </summary>
/// <param name="Code">The code of the rejections; empty when the last word of e-Sight's was another.</param>
/// <param name="Meters">The hashes of the meters, each once.</param>
internal sealed record AlikeRejections(string Code, IReadOnlyList<long> Meters)
{
    private static readonly AlikeRejections None = new("", []);

    public static AlikeRejections Read(string code, byte[] meters) =>
        new(code, [.. meters.Chunk(sizeof(long)).Select(bytes => BinaryPrimitives.ReadInt64BigEndian(bytes))]);

    public byte[] ToBytes()
    {
        var bytes = new byte[Meters.Count * sizeof(long)];
        for (var i = 0; i < Meters.Count; i++)
        {
            BinaryPrimitives.WriteInt64BigEndian(bytes.AsSpan(i * sizeof(long)), Meters[i]);
        }

        return bytes;
    }

    /// <summary>Counts on. What says nothing of content, such as an outage, neither continues the row nor ends it.</summary>
    /// <param name="attempts">Attempts in the order of their ends.</param>
    /// <param name="most">How many meters are remembered.</param>
    public AlikeRejections After(IEnumerable<Attempt> attempts, int most)
    {
        var row = this;
        foreach (var attempt in attempts)
        {
            row = attempt.Verdict.Outcome switch
            {
                AttemptOutcome.Delivered => None,
                AttemptOutcome.Rejected => row.With(attempt.Verdict.Reason, attempt.Message.GatewayHash, most),
                _ => row,
            };
        }

        return row;
    }

    public bool Equals(AlikeRejections? other) => other is not null && Code == other.Code && Meters.SequenceEqual(other.Meters);

    public override int GetHashCode() => HashCode.Combine(Code, Meters.Count);

    private AlikeRejections With(ReasonCode code, long meter, int most) =>
        Code != code.ToString() ? new(code.ToString(), [meter])
            : Meters.Count >= most || Meters.Contains(meter) ? this
            : this with { Meters = [.. Meters, meter] };
}
