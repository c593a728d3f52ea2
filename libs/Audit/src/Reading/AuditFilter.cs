namespace EnergyLoad.Audit.Reading;

/// <summary>Which rows are asked for; null means any.</summary>
internal sealed record AuditFilter(int? Type, string? User, DateTimeOffset? From, DateTimeOffset? To, AuditCursor? Cursor, int Limit);
