using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace EnergyLoad.Local.ESight.Consumption;

/// <summary>The one rule about content that the simulator has: consumption below zero is refused.</summary>
internal static class NegativeValues
{
    private static readonly JsonWriterOptions Plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static bool IsIn(JsonElement reading) =>
        reading.ValueKind == JsonValueKind.Object
        && reading.TryGetProperty("value", out var value)
        && value.ValueKind == JsonValueKind.Number
        && value.GetDouble() < 0;

    public static byte[] Report(IEnumerable<JsonElement> readings)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var writer = new Utf8JsonWriter(buffer, Plain);
        writer.WriteStartArray();
        foreach (var reading in readings)
        {
            writer.WriteStartObject();
            writer.WriteString("errorCode", "NegativeValue");
            writer.WriteString("errorMessage", "The value of a consumption reading must not be negative.");
            Copy(writer, reading, "datapointKey");
            Copy(writer, reading, "value");
            Copy(writer, reading, "tsIso8601");
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.Flush();
        return buffer.WrittenSpan.ToArray();
    }

    private static void Copy(Utf8JsonWriter writer, JsonElement reading, string name)
    {
        if (reading.TryGetProperty(name, out var member))
        {
            writer.WritePropertyName(name);
            member.WriteTo(writer);
        }
    }
}
