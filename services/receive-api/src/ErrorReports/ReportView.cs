using System.Text.Json.Serialization;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>All that is known of one report.</summary>
internal sealed record ReportView(
    Guid ReportId,
    string EsightId,
    int Revision,
    string? MessageId,
    Guid? SendId,
    string? Feed,
    string? Market,
    string? ReceivedTsIso8601,
    int ErrorCount,
    IReadOnlyList<string> Marks,
    DateTimeOffset ReceivedAt,
    DateTimeOffset? PublishedAt,
    DateTimeOffset? ArchivedAt)
{
    /// <summary>The refused readings, in the report's order; left out of lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ItemView>? Errors { get; init; }

    /// <summary>Every report under the same <c>_id</c>, this one included; left out of lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<RevisionView>? Revisions { get; init; }
}
