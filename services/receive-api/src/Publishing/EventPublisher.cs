using System.Data.Common;
using System.Text.Json;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.ErrorReports;
using EnergyLoad.ReceiveApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.ReceiveApi.Publishing;

/// <summary>
/// Tells Pub/Sub of reports. A report leaves the outbox only after Pub/Sub has all of its events; whatever breaks in between, they are
/// told again, under the same ids.
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
    private const int ReportsAtOnce = 200;
    private const int EventsAtOnce = 1000;

    // Long enough for a slow call with its retries, short enough that a dead instance's reports do not wait long.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(12);

    // Reports that come within this time share a claim, a request and a record; the first after a silence does not wait.
    private readonly Pace _pace = new(TimeSpan.FromMilliseconds(50), timeProvider);

    /// <summary>Tells of the reports that are due; false when there are none.</summary>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        await _pace.KeepAsync(cancellationToken);
        var rows = await outboxes.Publishing.ClaimAsync(ReportsAtOnce, Lease, cancellationToken);
        if (rows.Count == 0)
        {
            return false;
        }

        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        deadline.CancelAfter(GiveUp);
        await TellAsync(rows, deadline.Token);
        return true;
    }

    private async Task TellAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        try
        {
            await PublishAsync([.. rows.Select(row => row.Payload)], cancellationToken);
            await outboxes.Publishing.CompleteAsync([.. rows.Select(row => row.Id)], CancellationToken.None);
        }
        catch (GoogleCloudException refused) when (!refused.IsTransient && rows.Count > 1)
        {
            // One of them may be what Pub/Sub does not take: it must not hold up the others.
            foreach (var row in rows)
            {
                await TellAsync([row], cancellationToken);
            }
        }
        catch (Exception exception) when (exception is UnavailableException or OperationCanceledException or DbException)
        {
            Log.NotPublished(logger, rows.Count, exception);
            metrics.Postponed(nameof(outboxes.Publishing), rows.Count);
            await outboxes.Publishing.PostponeAsync(rows, CancellationToken.None);
        }
    }

    private async Task PublishAsync(IReadOnlyList<byte[]> ids, CancellationToken cancellationToken)
    {
        await foreach (var page in events.OfAsync(ids, cancellationToken).Chunk(EventsAtOnce).WithCancellation(cancellationToken))
        {
            await publisher.PublishAsync(options.Value.Topic, [.. page.Select(ToMessage)], cancellationToken);
            metrics.Published(page.Length);
        }

        await events.MarkPublishedAsync(ids);
    }

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
