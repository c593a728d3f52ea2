using System.Text.Json.Serialization;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>
/// One item of an error report of e-Sight's, as receive-api publishes it (gateway/error-report-event.v1.schema.json); what is not named
/// here is kept unread.
/// </summary>
internal sealed record ErrorEvent
{
    public string? Version { get; init; }

    [JsonRequired]
    public Guid EventId { get; init; }

    public string? EsightId { get; init; }

    public string? MessageId { get; init; }

    /// <summary>The send id at the end of the messageId; null when there is none.</summary>
    public Guid? SendId { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? DatapointKey { get; init; }

    /// <summary>The value as e-Sight wrote it; null when the item names none.</summary>
    public string? Value { get; init; }

    /// <summary>The instant as e-Sight wrote it; null when the item names none.</summary>
    public string? TsIso8601 { get; init; }

    /// <summary>W3C context of the request that brought the report.</summary>
    public string? Traceparent { get; init; }

    [JsonRequired]
    public DateTimeOffset ReceivedAt { get; init; }
}
