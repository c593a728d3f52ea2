using EnergyLoad.ReceiveApi.Publishing;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What became of a report that was handed to the books.</summary>
/// <param name="ReportId">The id that it has there.</param>
/// <param name="Revision">1 for the first body of an <c>_id</c>.</param>
internal abstract record SaveOutcome(Guid ReportId, int Revision)
{
    /// <summary>It is new: a first report, or other bytes under a known <c>_id</c>.</summary>
    /// <param name="ReportId">Its id.</param>
    /// <param name="Revision">Its revision.</param>
    /// <param name="Events">How many events will tell of it; those that an earlier revision told are not told again.</param>
    public sealed record Kept(Guid ReportId, int Revision, int Events) : SaveOutcome(ReportId, Revision)
    {
        /// <summary>To be handed over to a run of this process after the commit; null when its events are due to anyone.</summary>
        public ClaimedReport? Claimed { get; init; }
    }

    /// <summary>The same bytes are kept already; nothing was done.</summary>
    /// <param name="ReportId">The id of the kept one.</param>
    /// <param name="Revision">The revision of the kept one.</param>
    public sealed record Repeated(Guid ReportId, int Revision) : SaveOutcome(ReportId, Revision);
}
