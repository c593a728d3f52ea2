namespace EnergyLoad.GoogleCloud.PubSub;

/// <summary>Cuts messages, in their order, into requests that Pub/Sub takes (cloud.google.com/pubsub/quotas).</summary>
internal static class PublishBatches
{
    public const int MostMessages = 1_000;
    public const int MostBytes = 10_000_000;

    // Names, quotes, commas and braces of one message in JSON, and of one attribute.
    private const int MessageFrame = 64;
    private const int AttributeFrame = 8;

    public static List<ArraySegment<PubSubMessage>> Cut(PubSubMessage[] messages)
    {
        var batches = new List<ArraySegment<PubSubMessage>>();
        var (start, bytes) = (0, 0L);
        for (var i = 0; i < messages.Length; i++)
        {
            var size = SizeOf(messages[i]);
            if (size > MostBytes)
            {
                throw new ArgumentException($"Message {i} takes {size} bytes of a request; {MostBytes} is the most.", nameof(messages));
            }

            if (bytes + size > MostBytes || i - start == MostMessages)
            {
                batches.Add(new ArraySegment<PubSubMessage>(messages, start, i - start));
                (start, bytes) = (i, 0);
            }

            bytes += size;
        }

        if (start < messages.Length)
        {
            batches.Add(new ArraySegment<PubSubMessage>(messages, start, messages.Length - start));
        }

        return batches;
    }

    // An upper bound of the JSON: base64 takes 4 bytes for 3, and a character of text at most 6 as \uXXXX.
    private static long SizeOf(PubSubMessage message) =>
        MessageFrame
        + ((message.Data.Length + 2L) / 3 * 4)
        + TextSize(message.OrderingKey ?? "")
        + message.Attributes.Sum(static pair => TextSize(pair.Key) + TextSize(pair.Value) + AttributeFrame);

    private static long TextSize(string text) => 6L * text.Length;
}
