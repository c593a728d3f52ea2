using System.Text.Json;
using EnergyLoad.GoogleCloud;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>
/// Tells Pub/Sub of reports. A report leaves the outbox only after Pub/Sub has all of its events; they are told again under the same ids.
/// </summary>
internal sealed partial class EventPublisher(
    Outboxes outboxes,
    ReportEvents events,
    PubSubPublisher publisher,
    IOptions<PublishingOptions> options,
    ReceiveMetrics metrics,
    TimeProvider timeProvider,
    ILogger<EventPublisher> logger)
{
    private const int EventsAtOnce = 1000;

    // Reports that come within this time share a claim, a request and a record; the first after a silence does not wait.
    private readonly Pace _pace = new(TimeSpan.FromMilliseconds(50), timeProvider);

    /// <summary>Tells of the reports that were handed over and of those that are due; false when there are none.</summary>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await _pace.KeepAsync(cancellationToken);
        return await TellHandedOverAsync(cancellationToken)
            | await outboxes.Publishing.TellDueAsync(TellerOf(rows => events.OfAsync(IdsOf(rows), cancellationToken)), cancellationToken);
    }

    private async Task<bool> TellHandedOverAsync(CancellationToken cancellationToken)
    {
        var reports = (await outboxes.ShortWay.TakeAsync()).ToDictionary(report => report.Claim);
        var teller = TellerOf(
            rows => rows.Select(row => reports[row]).SelectMany(report => events.Of(report.Report, report.News)).ToAsyncEnumerable());
        await outboxes.Publishing.TellClaimedAsync([.. reports.Keys], teller, cancellationToken);
        return reports.Count > 0;
    }

    private OutboxTeller TellerOf(Func<IReadOnlyList<OutboxRow>, IAsyncEnumerable<ErrorReportEvent>> eventsOf) =>
        new((rows, token) => PublishAsync(eventsOf(rows), token), fault => fault is GoogleCloudException { IsTransient: false }, NotPublished)
        {
            Record = (transaction, rows) => ReportEvents.MarkPublished(transaction, IdsOf(rows)),
        };

    private void NotPublished(IReadOnlyList<OutboxRow> rows, Exception fault)
    {
        Log.NotPublished(logger, rows.Count, fault);
        metrics.Postponed(nameof(outboxes.Publishing), rows.Count);
    }

    private async Task PublishAsync(IAsyncEnumerable<ErrorReportEvent> told, CancellationToken cancellationToken)
    {
        await foreach (var page in told.Chunk(EventsAtOnce).WithCancellation(cancellationToken))
        {
            await publisher.PublishAsync(options.Value.Topic, [.. page.Select(ToMessage)], cancellationToken);
            metrics.Published(page.Length);
        }
    }

    private static byte[][] IdsOf(IReadOnlyList<OutboxRow> rows) => [.. rows.Select(row => row.Payload)];

    private static PubSubMessage ToMessage(ErrorReportEvent told) =>
        new(JsonSerializer.SerializeToUtf8Bytes(told, PublishingJson.Default.ErrorReportEvent))
    {
        Attributes = new Dictionary<string, string>
        {
            ["type"] = ErrorReportEvent.Type,
            ["version"] = ErrorReportEvent.CurrentVersion,
            ["eventId"] = told.EventId.ToString(),
        },
    };

    private static partial class Log
    {
        [LoggerMessage(6111, LogLevel.Warning, "The events of {Reports} reports could not be published; they stay in the outbox")]
        public static partial void NotPublished(ILogger logger, int reports, Exception exception);
    }
}
