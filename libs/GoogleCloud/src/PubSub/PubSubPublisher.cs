using EnergyLoad.GoogleCloud.PubSub;
using EnergyLoad.GoogleCloud.Rest;

namespace EnergyLoad.GoogleCloud;

/// <summary>Publishes messages to topics of Pub/Sub. It holds nothing back: when a call returns, Pub/Sub has the messages.</summary>
public sealed class PubSubPublisher
{
    private readonly RestClient _rest;
    private readonly GoogleCloudOptions _options;

    internal PubSubPublisher(RestClient rest, GoogleCloudOptions options) => (_rest, _options) = (rest, options);

    /// <summary>
    /// Publishes messages in as few requests as Pub/Sub's limits allow (1,000 messages, 10 MB), one after the other, in order.
    /// When it throws, none, some or all of them may have been published: publish all again, subscribers must know duplicates.
    /// </summary>
    /// <param name="topic">Full resource name, or the last part of it for a topic of the own project.</param>
    /// <param name="messages">The messages; may be empty.</param>
    /// <param name="ct">Gives up; what was sent stays published.</param>
    /// <returns>Pub/Sub's id of each message, in their order.</returns>
    /// <exception cref="ArgumentException">One message is too large for any request; nothing was published.</exception>
    /// <exception cref="GoogleCloudException">Refused, or not answered within the deadline.</exception>
    public async Task<IReadOnlyList<string>> PublishAsync(string topic, IReadOnlyCollection<PubSubMessage> messages, CancellationToken ct)
    {
        var name = _options.Topic(topic);
        var ids = new List<string>(messages.Count);
        foreach (var batch in PublishBatches.Cut([.. messages]))
        {
            ids.AddRange(await PublishBatchAsync(name, batch, ct));
        }

        return ids;
    }

    private async Task<IReadOnlyList<string>> PublishBatchAsync(string topic, ArraySegment<PubSubMessage> batch, CancellationToken ct)
    {
        var call = RestCall.Post(
            new Uri($"{_options.PubSubUrl.Prefix()}/v1/{topic}:publish"), topic, "pubsub.topics.publish",
            new PublishRequest([.. batch.Select(ToBody)]), PubSubJson.Default.PublishRequest);
        var ids = (await _rest.SendAsync(call, PubSubJson.Default.PublishReply, ct)).MessageIds;
        return ids?.Count == batch.Count ? ids : throw Silence.Unreadable(call, null);
    }

    private static MessageBody ToBody(PubSubMessage message) =>
        new(message.Data, message.Attributes.Count > 0 ? message.Attributes : null, message.OrderingKey);
}
