using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>A row of error_items.</summary>
internal sealed class ItemRow
{
    public required byte[] ReportId { get; init; }

    public required int Position { get; init; }

    public required byte[] EventId { get; init; }

    public required bool IsNews { get; init; }

    public string? ErrorCode { get; init; }

    public string? ErrorMessage { get; init; }

    public string? DatapointKey { get; init; }

    public string? WrittenValue { get; init; }

    public string? TsIso8601 { get; init; }

    public required int Marks { get; init; }

    public void AddTo(InsertRows rows) =>
        rows.Add(ReportId).Add(Position).Add(EventId).Add(IsNews ? 1 : 0).Add(ErrorCode).Add(ErrorMessage).Add(DatapointKey).Add(WrittenValue)
            .Add(TsIso8601).Add(Marks);

    public ItemView ToView() => new(
        new Guid(EventId, bigEndian: true),
        IsNews,
        ErrorCode,
        ErrorMessage,
        DatapointKey,
        WrittenValue,
        TsIso8601,
        ((ItemMarks)Marks).Names());
}
