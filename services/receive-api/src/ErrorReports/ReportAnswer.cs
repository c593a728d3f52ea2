namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>The answer to a report.</summary>
/// <param name="ReportId">Its id here.</param>
/// <param name="EsightId">Its <c>_id</c>.</param>
/// <param name="MessageId">The message that it is about, as written.</param>
/// <param name="SendId">The send id at the end of the message id; null when there is none.</param>
/// <param name="Errors">How many items it has.</param>
/// <param name="Revision">1 for the first body under an <c>_id</c>, more for other bytes under the same.</param>
/// <param name="Events">How many events are published because of it.</param>
/// <param name="Duplicate">The same bytes were kept before, and nothing was done.</param>
/// <param name="Marks">What is odd about it.</param>
internal sealed record ReportAnswer(
    Guid ReportId,
    string EsightId,
    string? MessageId,
    Guid? SendId,
    int Errors,
    int Revision,
    int Events,
    bool Duplicate,
    IReadOnlyList<string> Marks)
{
    public static ReportAnswer To(ErrorReport report, SaveOutcome outcome) => new(
        outcome.ReportId,
        report.EsightId,
        report.MessageId,
        report.Identity.SendId,
        report.Items.Count,
        outcome.Revision,
        outcome is SaveOutcome.Kept kept ? kept.Events : 0,
        outcome is SaveOutcome.Repeated,
        report.Marks.Names());
}
