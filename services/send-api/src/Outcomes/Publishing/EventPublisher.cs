using System.Text.Json;
using EnergyLoad.GoogleCloud;
using EnergyLoad.MySql;
using EnergyLoad.SendApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes.Publishing;

/// <summary>
/// Tells Pub/Sub what became of messages. A message leaves the outbox only after Pub/Sub has all of its events; they are told again under
/// the same ids.
/// </summary>
internal sealed partial class EventPublisher(
    OutcomeOutbox outbox,
    OutcomeEvents events,
    PubSubPublisher publisher,
    IOptions<PublishingOptions> options,
    SendMetrics metrics,
    ILogger<EventPublisher> logger)
{
    private const int EventsAtOnce = 1000;

    /// <summary>Tells what is due; false when nothing is.</summary>
    public Task<bool> StepAsync(CancellationToken cancellationToken) => outbox.Rows.TellDueAsync(
        new OutboxTeller(PublishAsync, fault => fault is GoogleCloudException { IsTransient: false }, NotPublished), cancellationToken);

    private void NotPublished(IReadOnlyList<OutboxRow> rows, Exception fault)
    {
        Log.NotPublished(logger, rows.Count, fault);
        metrics.EventsPostponed(rows.Count);
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
        JsonSerializer.SerializeToUtf8Bytes(told, PublishingJson.Default.AgeEvent),
        AgeEvent.Type, AgeEvent.CurrentVersion, told.EventId, told.State);

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
