using System.Data.Common;
using EnergyLoad.MySql;

namespace EnergyLoad.ReceiveApi.ErrorReports;

/// <summary>What must still be told of reports: to Pub/Sub, and to the archive. Two queues, so that neither waits for the other.</summary>
internal sealed class Outboxes(Database database)
{
    private const string Kind = "error-report";

    public Outbox Publishing { get; } = new(database, ErrorReportSchema.PublishingOutbox);

    public Outbox Archiving { get; } = new(database, ErrorReportSchema.ArchivingOutbox);

    /// <summary>Adds what the revisions leave to tell, in the transaction that keeps them.</summary>
    public void Add(DbTransaction transaction, IReadOnlyList<NewRevision> revisions)
    {
        Publishing.Add(transaction, [.. revisions.Where(revision => revision.News.Count > 0).Select(ToEntry)]);
        Archiving.Add(transaction, [.. revisions.Select(ToEntry)]);
    }

    private static OutboxEntry ToEntry(NewRevision revision) => new(Kind, revision.Report.Id.ToByteArray(bigEndian: true));
}
