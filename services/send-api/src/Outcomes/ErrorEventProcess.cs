using System.Text.Json;
using EnergyLoad.SendApi.Hosting;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Takes error events from Pub/Sub, and lets go of those whose message has become known.</summary>
internal sealed partial class ErrorEventProcess(ErrorEventStore store, ILogger<ErrorEventProcess> logger)
{
    /// <summary>Takes what Pub/Sub pushes.</summary>
    /// <exception cref="BadHttpRequestException">It is no event of ours: refused until Pub/Sub gives it to the dead-letter topic.</exception>
    public async Task TakeAsync(PushEnvelope envelope, CancellationToken cancellationToken)
    {
        try
        {
            var errorEvent = JsonSerializer.Deserialize(envelope.Message?.Data ?? [], SendJson.Default.ErrorEvent)
                ?? throw new JsonException("The event is null.");
            await ApplyAsync(errorEvent, cancellationToken);
        }
        catch (JsonException exception)
        {
            Log.Poison(logger, envelope.Message?.MessageId, exception);
            throw new BadHttpRequestException("The event cannot be read.", exception);
        }
    }

    /// <summary>Applies the events in quarantine whose message is known by now.</summary>
    public async Task ReleaseAsync(CancellationToken cancellationToken)
    {
        foreach (var errorEvent in await store.FindReleasableAsync(cancellationToken))
        {
            await ApplyAsync(errorEvent, cancellationToken);
        }
    }

    private async Task ApplyAsync(ErrorEvent errorEvent, CancellationToken cancellationToken)
    {
        if (await store.ApplyAsync(errorEvent, cancellationToken) == ErrorEventOutcome.Quarantined)
        {
            Log.Quarantined(logger, errorEvent.EventId);
        }
    }

    private static partial class Log
    {
        [LoggerMessage(4001, LogLevel.Error, "Pub/Sub message {PubSubId} is no error event; it goes to the dead-letter topic")]
        public static partial void Poison(ILogger logger, string? pubSubId, Exception exception);

        [LoggerMessage(4002, LogLevel.Warning, "Error event {EventId} is about a message that is not known here")]
        public static partial void Quarantined(ILogger logger, Guid eventId);
    }
}
