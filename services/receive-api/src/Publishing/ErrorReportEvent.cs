using System.Text.Json.Serialization;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>
/// What the rest of the company is told of one item of a report, or of a report without items. Its form is
/// gateway/error-report-event.v1.schema.json; members are only ever added within a version.
/// </summary>
internal sealed record ErrorReportEvent
{
    public const string Type = "esight-error-report";
    public const string CurrentVersion = "1";
    private const string ResponseType = "AsynchronousErrorResponse";

    public string Version { get; } = CurrentVersion;

    /// <summary>Made from what is told: the same news always has the same id.</summary>
    public required Guid EventId { get; init; }

    public required Guid ReportId { get; init; }

    public required string EsightId { get; init; }

    public required int Revision { get; init; }

    public required string? MessageId { get; init; }

    public required Guid? SendId { get; init; }

    public required string? Feed { get; init; }

    public required string? Market { get; init; }

    public required IReadOnlyList<string> ReportMarks { get; init; }

    /// <summary>The item's place in its report, from 0; null when the report has no items.</summary>
    public int? Item { get; init; }

    public required int ItemCount { get; init; }

    public IReadOnlyList<string> ItemMarks { get; init; } = [];

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? DatapointKey { get; init; }

    public string? Value { get; init; }

    public string? TsIso8601 { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required string? Traceparent { get; init; }

    // From here on: the columns that the dashboards have always read, under their old names.
    public Guid Uuid => ReportId;

    public DateTimeOffset Starting => ReceivedAt;

    public required DateTimeOffset Ending { get; init; }

    [JsonPropertyName("e_sight_Id")]
    public string OldEsightId => EsightId;

    [JsonPropertyName("e_sight_received_Json_tsIso8601")]
    public required string? EsightReceived { get; init; }

    [JsonPropertyName("send_uuid")]
    public Guid? OldSendId => SendId;

    [JsonPropertyName("message_id")]
    public string? OldMessageId => MessageId;

    [JsonPropertyName("e_sight_response_type")]
    public string OldResponseType { get; } = ResponseType;

    [JsonPropertyName("e_sight_response")]
    public string? OldErrorCode => ErrorCode;

    [JsonPropertyName("e_sight_message")]
    public string? OldErrorMessage => ErrorMessage;

    [JsonPropertyName("destination_bucket")]
    public required string DestinationBucket { get; init; }

    [JsonPropertyName("destination_path")]
    public required string DestinationPath { get; init; }
}
