namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>A page of a search, newest first.</summary>
/// <param name="Items">The reports.</param>
/// <param name="Next">The cursor of the next page; null on the last one.</param>
internal sealed record ReportPage(IReadOnlyList<ReportView> Items, string? Next);
