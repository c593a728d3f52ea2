namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>A row of error_reports.</summary>
internal sealed class ReportRow
{
    public required byte[] Id { get; init; }

    public required string EsightId { get; init; }

    public required int Revision { get; init; }

    public string? MessageId { get; init; }

    public byte[]? SendId { get; init; }

    public string? Feed { get; init; }

    public string? Market { get; init; }

    public string? EsightReceived { get; init; }

    public required int Marks { get; init; }

    public required int ItemCount { get; init; }

    public string? TraceParent { get; init; }

    public required DateTimeOffset ReceivedAt { get; init; }

    public required DateTimeOffset StoredAt { get; init; }

    public DateTimeOffset? PublishedAt { get; init; }

    public DateTimeOffset? ArchivedAt { get; init; }

    /// <summary>The report as it came; empty where it was not asked for.</summary>
    public byte[] Body { get; init; } = [];

    public Guid ReportId => new(Id, bigEndian: true);

    public Guid? SendIdOrNull => SendId is { } bytes ? new Guid(bytes, bigEndian: true) : null;

    public ReportView ToView() => new(
        ReportId, EsightId, Revision, MessageId, SendIdOrNull, Feed, Market, EsightReceived, ItemCount,
        ((ReportMarks)Marks).Names(), ReceivedAt, PublishedAt, ArchivedAt);
}
