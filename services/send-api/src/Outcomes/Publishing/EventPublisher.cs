using System.Data.Common;
using System.Text.Json;
using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>
/// Tells Pub/Sub what became of messages. A message leaves the outbox only after Pub/Sub has all of its events; whatever breaks in
/// between, they are told again, under the same ids.
/// </summary>
internal sealed partial class EventPublisher(
    OutcomeOutbox outbox,
    OutcomeEvents events,
    PubSubPublisher publisher,
    IOptions<PublishingOptions> options,
    SendMetrics metrics,
    ILogger<EventPublisher> logger)
{
    private const int MessagesAtOnce = 200;
    private const int EventsAtOnce = 1000;

    // Long enough for a slow call with its retries, short enough that a dead instance's rows do not wait long.
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan GiveUp = TimeSpan.FromSeconds(12);

    /// <summary>Tells what is due; false when nothing is.</summary>
    public async Task<bool> StepAsync(CancellationToken cancellationToken)
    {
        var rows = await outbox.Rows.ClaimAsync(MessagesAtOnce, Lease, cancellationToken);
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
            await PublishAsync(rows, cancellationToken);
            await outbox.Rows.CompleteAsync([.. rows.Select(row => row.Id)], CancellationToken.None);
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
            metrics.EventsPostponed(rows.Count);
            await outbox.Rows.PostponeAsync(rows, CancellationToken.None);
        }
    }

    private async Task PublishAsync(IReadOnlyList<OutboxRow> rows, CancellationToken cancellationToken)
    {
        var outcomes = rows.Where(row => row.Kind == OutcomeOutbox.OutcomeKind)
            .Select(row => (row.Id, JsonSerializer.Deserialize(row.Payload, PublishingJson.Default.ToldOutcome)!)).ToList();
        var ages = rows.Where(row => row.Kind == OutcomeOutbox.AgeKind)
            .Select(row => (row.Id, JsonSerializer.Deserialize(row.Payload, PublishingJson.Default.ToldAge)!)).ToList();
        if (outcomes.Count > 0)
        {
            await foreach (var page in events.OfAsync(outcomes).Chunk(EventsAtOnce).WithCancellation(cancellationToken))
            {
                await PublishAsync([.. page.Select(ToMessage)], cancellationToken);
            }
        }

        if (ages.Count > 0)
        {
            await PublishAsync([.. (await events.OfAsync(ages)).Select(ToMessage)], cancellationToken);
        }
    }

    private async Task PublishAsync(IReadOnlyCollection<PubSubMessage> messages, CancellationToken cancellationToken)
    {
        await publisher.PublishAsync(options.Value.Topic, messages, cancellationToken);
        metrics.EventsPublished(messages.Count);
    }

    private static PubSubMessage ToMessage(DeliveryEvent told) => ToMessage(
        JsonSerializer.SerializeToUtf8Bytes(told, PublishingJson.Default.DeliveryEvent),
        DeliveryEvent.Type, DeliveryEvent.CurrentVersion, told.EventId, told.State);

    private static PubSubMessage ToMessage(AgeEvent told) => ToMessage(
        JsonSerializer.SerializeToUtf8Bytes(told, PublishingJson.Default.AgeEvent), AgeEvent.Type, AgeEvent.CurrentVersion, told.EventId, told.State);

    private static PubSubMessage ToMessage(byte[] data, string type, string version, Guid eventId, string state) => new(data)
    {
        Attributes = new Dictionary<string, string>
        {
            ["type"] = type,
            ["version"] = version,
            ["eventId"] = eventId.ToString(),
            ["state"] = state,
        },
    };

    private static partial class Log
    {
        [LoggerMessage(4101, LogLevel.Warning, "What became of {Messages} messages could not be published; it stays in the outbox")]
        public static partial void NotPublished(ILogger logger, int messages, Exception exception);
    }
}
