using System.Collections.ObjectModel;
using System.Data.Common;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Publishing;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What must still be told of reports: to Pub/Sub, and to the archive. Two queues, so that neither waits for the other.</summary>
internal sealed class Outboxes
{
    private const string Kind = "error-report";

    private static readonly ReadOnlyDictionary<Guid, ClaimedReport> NoneClaimed = ReadOnlyDictionary<Guid, ClaimedReport>.Empty;

    private readonly TimeProvider _timeProvider;

    public Outboxes(Database database, TimeProvider timeProvider)
    {
        _timeProvider = timeProvider;
        Publishing = new Outbox(database, ErrorReportSchema.PublishingOutbox);
        Archiving = new Outbox(database, ErrorReportSchema.ArchivingOutbox);
        ShortWay = new ShortWay(Publishing, timeProvider);
    }

    public Outbox Publishing { get; }

    public Outbox Archiving { get; }

    public ShortWay ShortWay { get; }

    /// <summary>Adds what the revisions leave to tell, in the transaction that keeps them.</summary>
    /// <returns>By id, the reports that are claimed with the commit, to be handed over after it.</returns>
    public IReadOnlyDictionary<Guid, ClaimedReport> Add(DbTransaction transaction, IReadOnlyList<NewRevision> revisions)
    {
        Archiving.Add(transaction, [.. revisions.Select(ToEntry)]);
        List<NewRevision> told = [.. revisions.Where(revision => revision.News.Count > 0)];
        if (!ShortWay.HasRoomFor(told.Count, told.Sum(revision => (long)revision.BodyLength)))
        {
            Publishing.Add(transaction, told.ConvertAll(ToEntry));
            return NoneClaimed;
        }

        var since = _timeProvider.GetTimestamp();
        return Publishing.AddClaimed(transaction, told.ConvertAll(ToEntry), OutboxTelling.Lease)
            .Zip(told, (claim, revision) => ToClaimed(revision, claim, since))
            .ToDictionary(report => report.Report.ReportId);
    }

    private static ClaimedReport ToClaimed(NewRevision revision, OutboxRow claim, long since) =>
        new(claim, revision.Row, [.. revision.Items.Where(item => item.IsNews)], revision.BodyLength, since);

    private static OutboxEntry ToEntry(NewRevision revision) => new(Kind, revision.Row.Id);
}
