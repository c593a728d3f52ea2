namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What was read from one error JSON.</summary>
/// <param name="EsightId">e-Sight's own id of the report (<c>_id</c>).</param>
/// <param name="MessageId">The message that it is about, as written; null when there is none.</param>
/// <param name="Identity">What the message id tells.</param>
/// <param name="ReceivedTsIso8601">When e-Sight says it got the message, as written.</param>
/// <param name="Items">The refused readings, in the report's order.</param>
/// <param name="Marks">What is odd about the report.</param>
internal sealed record ErrorReport(
    string EsightId,
    string? MessageId,
    MessageIdentity Identity,
    string? ReceivedTsIso8601,
    IReadOnlyList<ErrorItem> Items,
    ReportMarks Marks);
