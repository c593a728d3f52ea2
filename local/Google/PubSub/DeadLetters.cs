using System.Globalization;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>Moves messages that nobody would take to the dead-letter topic.</summary>
internal sealed class DeadLetters(Topology topology, MessageIds ids, TimeProvider clock)
{
    private const string Prefix = "CloudPubSubDeadLetterSource";

    /// <summary>Returns false while the message still has attempts left.</summary>
    public bool Take(Subscription subscription, Delivery delivery)
    {
        var settings = subscription.Settings;
        if (settings.DeadLetterTopic is not { } topic || settings.MaxDeliveryAttempts <= 0 || delivery.Attempts < settings.MaxDeliveryAttempts)
        {
            return false;
        }

        var message = delivery.Message;
        var parts = subscription.Name.Split('/');
        var attributes = new Dictionary<string, string>(message.Attributes, StringComparer.Ordinal)
        {
            [$"{Prefix}DeliveryCount"] = delivery.Attempts.ToString(CultureInfo.InvariantCulture),
            [$"{Prefix}Subscription"] = parts[^1],
            [$"{Prefix}SubscriptionProject"] = parts[1],
            [$"{Prefix}TopicPublishTime"] = message.PublishTime.ToString("O", CultureInfo.InvariantCulture),
        };
        topology.Publish(topic, [message with { MessageId = ids.Next(), PublishTime = clock.GetUtcNow(), Attributes = attributes }]);
        return subscription.DeadLetter(delivery);
    }
}
