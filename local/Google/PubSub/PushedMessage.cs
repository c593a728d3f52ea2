using System.Text.Json.Nodes;

namespace EnergyLoad.Local.Google.PubSub;

/// <summary>How messages are written for subscribers.</summary>
internal static class PushedMessage
{
    /// <summary>A push body. Google writes two members twice, in both cases of writing.</summary>
    public static JsonObject Wrap(Subscription subscription, Delivery delivery)
    {
        var message = ToResource(delivery.Message);
        message["message_id"] = delivery.Message.MessageId;
        message["publish_time"] = delivery.Message.PublishTime;
        var wrapped = new JsonObject { ["message"] = message, ["subscription"] = subscription.Name };
        AddAttempt(wrapped, subscription, delivery);
        return wrapped;
    }

    /// <summary>An item of a pull's answer.</summary>
    public static JsonObject Received(Subscription subscription, Delivery delivery)
    {
        var received = new JsonObject { ["ackId"] = delivery.AckId, ["message"] = ToResource(delivery.Message) };
        AddAttempt(received, subscription, delivery);
        return received;
    }

    private static JsonObject ToResource(PubSubMessage message)
    {
        var resource = new JsonObject
        {
            ["data"] = Convert.ToBase64String(message.Data),
            ["attributes"] = new JsonObject(message.Attributes.Select(pair => KeyValuePair.Create(pair.Key, (JsonNode?)pair.Value))),
            ["messageId"] = message.MessageId,
            ["publishTime"] = message.PublishTime,
        };
        if (message.OrderingKey.Length > 0)
        {
            resource["orderingKey"] = message.OrderingKey;
        }

        return resource;
    }

    // Attempts are counted for the subscriber only where a dead-letter policy needs the count.
    private static void AddAttempt(JsonObject target, Subscription subscription, Delivery delivery)
    {
        if (subscription.Settings.DeadLetterTopic is not null)
        {
            target["deliveryAttempt"] = delivery.Attempts;
        }
    }
}
