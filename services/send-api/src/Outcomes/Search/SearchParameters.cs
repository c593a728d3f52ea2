namespace EnergyLoad.SendApi.Outcomes.Search;

/// <summary>A search as it stands in the query string.</summary>
internal sealed record SearchParameters(
    string? MessageId, string? Sender, string? Market, string? Feed, string? Site, string? Meter, string? At, string? State, string? Reason,
    string? ErrorCode, string? From, string? To, string? Cursor, string? Limit);
