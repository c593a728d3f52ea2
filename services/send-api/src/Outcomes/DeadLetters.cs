using EnergyLoad.GoogleCloud;
using EnergyLoad.Hosting;
using EnergyLoad.SendApi.Hosting;
using Microsoft.Extensions.Options;

namespace EnergyLoad.SendApi.Outcomes;

/// <summary>Error events that can never be applied: kept on a topic of their own, with the reason, and somebody is told.</summary>
internal sealed partial class DeadLetters(
    PubSubPublisher publisher, IOptions<OutcomeOptions> options, SendMetrics metrics, ILogger<DeadLetters> logger)
{
    /// <summary>Ends when Pub/Sub has the message.</summary>
    /// <exception cref="UnavailableException">Pub/Sub does not take it: the event must come again.</exception>
    public async Task KeepAsync(PushedMessage message, PoisonReason reason, CancellationToken cancellationToken)
    {
        var attributes = new Dictionary<string, string>(message.Attributes ?? new Dictionary<string, string>())
        {
            ["reason"] = reason.ToString(),
            ["sourceMessageId"] = message.MessageId ?? "",
        };
        var letter = new PubSubMessage(message.Data ?? []) { Attributes = attributes };
        await publisher.PublishAsync(options.Value.DeadLetterTopic, [letter], cancellationToken);
        metrics.DeadLettered(reason);
        Log.Kept(logger, message.MessageId, reason);
    }

    private static partial class Log
    {
        [LoggerMessage(3121, LogLevel.Critical, "Error event {PubSubId} can never be applied ({Reason}); it is on the dead-letter topic")]
        public static partial void Kept(ILogger logger, string? pubSubId, PoisonReason reason);
    }
}
