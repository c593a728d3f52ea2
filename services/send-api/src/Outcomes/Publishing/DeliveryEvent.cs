using System.Text.Json.Serialization;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>
/// What the rest of the company is told of one reading of a message whose fate is decided. Its form is
/// gateway/delivery-event.v1.schema.json; members are only ever added within a version.
/// </summary>
/// <param name="message">The message.</param>
/// <param name="outcome">What became of it.</param>
/// <param name="origin">The object that it was imported from; null when it was pushed.</param>
internal sealed class DeliveryEvent(ToldMessage message, ToldOutcome outcome, ImportOrigin? origin)
{
    public const string Type = "esight-delivery";
    public const string CurrentVersion = "1";
    private const string ResponseType = "SynchronousResponse";

    public string Version { get; } = CurrentVersion;

    /// <summary>The same in every delivery of the same event.</summary>
    public required Guid EventId { get; init; }

    public Guid SendId => outcome.SendId;

    public string MessageId => message.MessageKey;

    public string Sender => message.Sender;

    public string State => StatusStore.NameOf(outcome.State);

    public string Reason => outcome.Reason;

    public int? Status => outcome.Status;

    public int Attempts => outcome.Attempts;

    public DateTimeOffset AcceptedAt => message.AcceptedAt;

    public Guid? ResendOf => message.ResendOf is null ? null : new Guid(message.ResendOf, bigEndian: true);

    /// <summary>The reading's place in the message, from 0.</summary>
    public required int Reading { get; init; }

    public int ReadingCount => message.Readings;

    public string? Traceparent => message.Traceparent;

    // From here on: the columns that the dashboards have always read, under their old names.
    public Guid Uuid => SendId;

    public DateTimeOffset Starting => outcome.Starting;

    public DateTimeOffset Ending => outcome.Ending;

    [JsonPropertyName("e_sight_message")]
    public string OldMeaning => Told.Meaning;

    [JsonPropertyName("e_sight_response")]
    public string OldReason => Reason;

    [JsonPropertyName("e_sight_response_type")]
    public string OldResponseType { get; } = ResponseType;

    [JsonPropertyName("message_id")]
    public string OldMessageId => MessageId;

    [JsonPropertyName("data_feed_type")]
    public string Feed => message.Feed;

    [JsonPropertyName("local_market")]
    public string Market => message.Market;

    [JsonPropertyName("site_id")]
    public string Site => message.Site;

    [JsonPropertyName("meter_id")]
    public string Meter => message.Meter;

    [JsonPropertyName("original_bucket")]
    public string? OriginalBucket => origin?.OriginalBucket;

    [JsonPropertyName("original_path")]
    public string? OriginalPath => origin?.OriginalPath;

    [JsonPropertyName("destination_bucket")]
    public string? DestinationBucket => origin?.DestinationBucket;

    [JsonPropertyName("destination_path")]
    public string? DestinationPath => origin?.DestinationPath;

    [JsonPropertyName("dataimportcode")]
    public required string DataImportCode { get; init; }

    public required string DatapointKey { get; init; }

    /// <summary>The instant as the sender wrote it.</summary>
    public required string TsIso8601 { get; init; }

    /// <summary>The digits as the sender wrote them.</summary>
    public required string Value { get; init; }

    // The books of errors have columns of their own; null for what e-Sight has.
    [JsonPropertyName("error_code")]
    public string? ErrorCode => IsDelivered ? null : Reason;

    [JsonPropertyName("error_type")]
    public string? ErrorType => IsDelivered ? null : Told.Source;

    [JsonPropertyName("error_message")]
    public string? ErrorMessage => IsDelivered ? null : Told.Meaning;

    [JsonPropertyName("original_bucket_name")]
    public string? OriginalBucketName => OriginalBucket;

    private bool IsDelivered => outcome.State == MessageState.Delivered;

    private Reason Told => Reasons.Of(Enum.Parse<ReasonCode>(Reason));
}
