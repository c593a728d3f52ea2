namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>One refused reading, each member as e-Sight wrote it.</summary>
internal sealed record ErrorItem(
    string? ErrorCode, string? ErrorMessage, string? DatapointKey, string? Value, string? TsIso8601, ItemMarks Marks);
