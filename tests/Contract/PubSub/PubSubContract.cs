using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.Contract.Tests.Endpoints;
using EnergyLoad.Contract.Tests.Suites;
using EnergyLoad.GoogleCloud;

namespace EnergyLoad.Contract.Tests.PubSub;

/// <summary>What the services rely on in Pub/Sub.</summary>
public abstract class PubSubContract(CloudEndpoint cloud)
{
    private const string Project = $"projects/{CloudEndpoint.ProjectId}";
    private readonly string _id = $"c{Guid.NewGuid():N}";

    private string Topic => $"{Project}/topics/{_id}";

    private string Subscription => $"{Project}/subscriptions/{_id}";

    private string Path => $"/{_id}";

    [ContractFact]
    public async Task A_published_message_is_pulled_with_all_that_it_carries()
    {
        await MakeTopicAsync(Topic);
        await SubscribeAsync(Subscription, new { topic = Topic, enableMessageOrdering = true });
        var message = new PubSubMessage("{\"é\":1}"u8.ToArray())
        {
            Attributes = new Dictionary<string, string> { ["type"] = "error-report", ["quoted"] = "a \"b\" é" },
            OrderingKey = "LU_VPC",
        };

        var ids = await PublishAsync(message);

        var pulled = Assert.Single(await PullAsync(1)).GetProperty("message");
        Assert.Equal(Assert.Single(ids), pulled.GetProperty("messageId").GetString());
        Assert.Equal("{\"é\":1}", Text(pulled));
        Assert.Equal("error-report", pulled.GetProperty("attributes").GetProperty("type").GetString());
        Assert.Equal("a \"b\" é", pulled.GetProperty("attributes").GetProperty("quoted").GetString());
        Assert.Equal("LU_VPC", pulled.GetProperty("orderingKey").GetString());
    }

    [ContractFact]
    public async Task More_messages_than_one_request_takes_all_arrive_under_their_ids()
    {
        await MakeTopicAsync(Topic);
        await SubscribeAsync(Subscription, new { topic = Topic, ackDeadlineSeconds = 60 });
        var messages = Enumerable.Range(0, 1_200).Select(i => new PubSubMessage(Bytes(i.ToString(CultureInfo.InvariantCulture)))).ToArray();

        var ids = await PublishAsync(messages);

        Assert.Equal(1_200, ids.Distinct().Count());
        var pulled = await PullAsync(1_200);
        Assert.All(pulled.Select(item => item.GetProperty("message")), message =>
            Assert.Equal(ids[int.Parse(Text(message), CultureInfo.InvariantCulture)], message.GetProperty("messageId").GetString()));
    }

    [ContractFact]
    public async Task More_than_a_thousand_messages_in_one_request_are_refused()
    {
        await MakeTopicAsync(Topic);
        using var content = System.Net.Http.Json.JsonContent.Create(new { messages = Enumerable.Repeat(new { data = "YQ==" }, 1_001) });

        using var response = await cloud.Http.PostAsync($"/v1/{Topic}:publish", content);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
    }

    [ContractFact]
    public async Task A_topic_that_is_not_there_is_named()
    {
        var refused = await Assert.ThrowsAsync<GoogleCloudException>(() => PublishAsync(new PubSubMessage("a"u8.ToArray())));

        Assert.Equal((HttpStatusCode.NotFound, "NOT_FOUND"), (refused.StatusCode, refused.Code));
        Assert.False(refused.IsTransient);
    }

    [ContractFact]
    public async Task A_message_of_nothing_is_refused()
    {
        await MakeTopicAsync(Topic);

        var refused = await Assert.ThrowsAsync<GoogleCloudException>(() => PublishAsync(new PubSubMessage(default)));

        Assert.Equal((HttpStatusCode.BadRequest, "INVALID_ARGUMENT"), (refused.StatusCode, refused.Code));
    }

    [ContractFact]
    public async Task A_push_wraps_the_message()
    {
        await MakeTopicAsync(Topic);
        await PushAsync(Topic);

        var ids = await PublishAsync(Typed("{\"a\":1}"));

        var call = (await cloud.Service.WaitForAsync(Path, 1))[0];
        Assert.Equal("POST", call.Method);
        Assert.StartsWith("application/json", call.Headers.ContentType.ToString(), StringComparison.Ordinal);
        Assert.Equal(Subscription, call.Json.GetProperty("subscription").GetString());
        var message = call.Json.GetProperty("message");
        Assert.Equal("{\"a\":1}", Text(message));
        Assert.Equal("x", message.GetProperty("attributes").GetProperty("type").GetString());
        Assert.Equal(ids[0], message.GetProperty("messageId").GetString());
        Assert.Equal(ids[0], message.GetProperty("message_id").GetString());
        Assert.True(message.GetProperty("publishTime").TryGetDateTimeOffset(out _));
        Assert.True(message.GetProperty("publish_time").TryGetDateTimeOffset(out _));
    }

    [ContractFact]
    public async Task A_push_that_is_not_acknowledged_comes_again_with_the_same_id()
    {
        await MakeTopicAsync(Topic);
        await PushAsync(Topic);
        cloud.Service.AnswerNext(Path, 500, 404);

        var ids = await PublishAsync(new PubSubMessage("a"u8.ToArray()));

        var calls = await cloud.Service.WaitForAsync(Path, 3);
        Assert.All(calls, call => Assert.Equal(ids[0], call.Json.GetProperty("message").GetProperty("messageId").GetString()));
    }

    [ContractFact]
    public async Task A_message_that_is_refused_too_often_goes_to_the_dead_letter_topic()
    {
        var dead = $"{Topic}-dead";
        await MakeTopicAsync(Topic);
        await MakeTopicAsync(dead);
        await SubscribeAsync($"{Subscription}-dead", new { topic = dead });
        await PushAsync(Topic, new { deadLetterTopic = dead, maxDeliveryAttempts = 5 });
        cloud.Service.AnswerNext(Path, [.. Enumerable.Repeat(500, 100)]);

        await PublishAsync(Typed("poison"));

        var message = Assert.Single(await PullAsync(1, $"{Subscription}-dead")).GetProperty("message");
        Assert.Equal("poison", Text(message));
        var attributes = message.GetProperty("attributes");
        Assert.Equal("x", attributes.GetProperty("type").GetString());
        Assert.Equal(_id, attributes.GetProperty("CloudPubSubDeadLetterSourceSubscription").GetString());
        Assert.Equal("5", attributes.GetProperty("CloudPubSubDeadLetterSourceDeliveryCount").GetString());
    }

    private Task<IReadOnlyList<string>> PublishAsync(params PubSubMessage[] messages) =>
        cloud.Client<PubSubPublisher>().PublishAsync(_id, messages, CancellationToken.None);

    private Task MakeTopicAsync(string topic) => cloud.SendAsync(HttpMethod.Put, $"/v1/{topic}", new { });

    private Task SubscribeAsync(string subscription, object resource) => cloud.SendAsync(HttpMethod.Put, $"/v1/{subscription}", resource);

    private Task PushAsync(string topic, object? deadLetterPolicy = null) => SubscribeAsync(Subscription, new
    {
        topic,
        pushConfig = new { pushEndpoint = cloud.Service.AddressOf(Path) },
        ackDeadlineSeconds = 10,
        retryPolicy = new { minimumBackoff = "0.1s", maximumBackoff = "1s" },
        deadLetterPolicy,
    });

    private async Task<IReadOnlyList<JsonElement>> PullAsync(int count, string? subscription = null)
    {
        var path = $"/v1/{subscription ?? Subscription}";
        var pulled = new List<JsonElement>();
        await Poll.UntilAsync(async () =>
        {
            var answer = await cloud.SendAsync(HttpMethod.Post, $"{path}:pull", new { maxMessages = 1_000, returnImmediately = true });
            if (answer.TryGetProperty("receivedMessages", out var received) && received.GetArrayLength() > 0)
            {
                pulled.AddRange(received.EnumerateArray());
                var ackIds = received.EnumerateArray().Select(item => item.GetProperty("ackId").GetString());
                await cloud.SendAsync(HttpMethod.Post, $"{path}:acknowledge", new { ackIds });
            }

            return pulled.Count >= count;
        });
        return pulled;
    }

    private static PubSubMessage Typed(string text) => new(Bytes(text)) { Attributes = new Dictionary<string, string> { ["type"] = "x" } };

    private static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private static string Text(JsonElement message) => Encoding.UTF8.GetString(message.GetProperty("data").GetBytesFromBase64());
}
