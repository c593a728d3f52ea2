using System.Text.Json;

namespace EnergyLoad.SendApi.Outcomes.Resending;

/// <summary>Makes a message of some of another's readings: their slices and all that is around them, byte for byte.</summary>
internal static class PartOfMessage
{
    /// <summary>The bytes of the new message.</summary>
    /// <param name="body">The message.</param>
    /// <param name="readings">The places of the readings that stay.</param>
    public static byte[] Of(byte[] body, IReadOnlySet<int> readings)
    {
        var (open, close, slices) = Find(body);
        using var part = new MemoryStream(body.Length);
        part.Write(body.AsSpan(0, open));
        var first = true;
        foreach (var index in Enumerable.Range(0, slices.Count).Where(readings.Contains))
        {
            part.Write(first ? "["u8 : ","u8);
            part.Write(body.AsSpan(slices[index]));
            first = false;
        }

        part.Write(body.AsSpan(close));
        return part.ToArray();
    }

    private static (int Open, int Close, List<Range> Slices) Find(byte[] body)
    {
        var json = new Utf8JsonReader(body);
        json.Read();
        EnterMember(ref json, "gatewayData"u8);
        EnterMember(ref json, "datapointValues"u8);
        var open = (int)json.TokenStartIndex;
        var slices = new List<Range>();
        while (json.Read() && json.TokenType != JsonTokenType.EndArray)
        {
            var start = (int)json.TokenStartIndex;
            json.Skip();
            slices.Add(start..(int)json.BytesConsumed);
        }

        return (open, (int)json.TokenStartIndex, slices);
    }

    /// <summary>Stands on the start of an object; afterwards on the first token of the member's value.</summary>
    private static void EnterMember(ref Utf8JsonReader json, ReadOnlySpan<byte> name)
    {
        while (json.Read() && !json.ValueTextEquals(name))
        {
            json.Skip();
        }

        json.Read();
    }
}
