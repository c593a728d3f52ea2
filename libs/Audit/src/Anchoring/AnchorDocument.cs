using System.Text.Json;
using System.Text.Json.Serialization;
using EnergyLoad.Audit.Chain;

namespace EnergyLoad.Audit.Anchoring;

/// <summary>The heads of all lanes at one moment.</summary>
internal sealed record AnchorDocument(long Number, DateTimeOffset At, string KeyId, IReadOnlyList<LaneState> Lanes, byte[] Seal)
{
    public static AnchorDocument Create(long number, DateTimeOffset at, IReadOnlyList<LaneState> lanes, AuditKeys keys)
    {
        var anchor = new AnchorDocument(number, at, keys.CurrentId, lanes, []);
        return anchor with { Seal = keys.Seal(anchor.KeyId, anchor.Bytes())! };
    }

    /// <summary>The document in the bytes; null when they hold none.</summary>
    public static AnchorDocument? Read(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, AnchorJson.Default.AnchorDocument);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public bool IsGenuine(AuditKeys keys) => keys.Holds(KeyId, Bytes(), Seal);

    public AnchorObject ToObject() => new(
        AnchorObject.NameOf(At, Number),
        JsonSerializer.SerializeToUtf8Bytes(this, AnchorJson.Default.AnchorDocument));

    private ReadOnlySpan<byte> Bytes()
    {
        var bytes = new CanonicalBytes("energyload.audit.anchor.1").Add(Number).Add(At.UtcTicks).Add(KeyId);
        foreach (var lane in Lanes)
        {
            bytes.Add(lane.Lane).Add(lane.Seq).Add(lane.Mac);
        }

        return bytes.Written;
    }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(AnchorDocument))]
internal sealed partial class AnchorJson : JsonSerializerContext;
