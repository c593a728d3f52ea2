namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>One of the reports under an <c>_id</c>.</summary>
internal sealed record RevisionView(Guid ReportId, int Revision, DateTimeOffset ReceivedAt);
