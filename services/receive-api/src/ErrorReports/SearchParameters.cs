namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>A search as it stands in the query string.</summary>
internal sealed record SearchParameters(
    string? MessageId,
    string? SendId,
    string? Market,
    string? Feed,
    string? ErrorCode,
    string? From,
    string? To,
    string? Cursor,
    string? Limit);
