using System.Text.Json;

namespace EnergyLoad.Local.ESight.Consumption;

/// <summary>What e-Sight understands of a body that was posted.</summary>
/// <param name="IsJson">Whether it could be read at all.</param>
/// <param name="MessageId">header.messageId; empty when there is none.</param>
/// <param name="Readings">The number of datapointValues.</param>
/// <param name="Refused">The error items, as JSON, of the readings that e-Sight does not take; null when it takes all.</param>
internal sealed record Receipt(bool IsJson, string MessageId, int Readings, byte[]? Refused)
{
    private static readonly Receipt Unreadable = new(false, "", 0, null);

    public static Receipt Of(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body);
            return Of(document.RootElement);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // InvalidOperationException: a string with a lone surrogate has no text.
            return Unreadable;
        }
    }

    private static Receipt Of(JsonElement message)
    {
        var messageId = Member(Member(message, "header"), "messageId");
        var values = Member(Member(message, "gatewayData"), "datapointValues");
        var readings = values.ValueKind == JsonValueKind.Array ? values.EnumerateArray().ToList() : [];
        var negative = readings.Where(NegativeValues.IsIn).ToList();
        return new Receipt(
            true,
            messageId.ValueKind == JsonValueKind.String ? messageId.GetString()! : "",
            readings.Count,
            negative.Count == 0 ? null : NegativeValues.Report(negative));
    }

    private static JsonElement Member(JsonElement parent, string name) =>
        parent.ValueKind == JsonValueKind.Object && parent.TryGetProperty(name, out var member) ? member : default;
}
