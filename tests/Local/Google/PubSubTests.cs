using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Local.Tests.Google;

public sealed class PubSubTests : IAsyncLifetime
{
    private readonly GoogleWorld _world = new();

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Fact]
    public async Task A_message_is_pushed_in_its_wrapper_with_an_id_token()
    {
        var id = await PublishAsync("hello");

        var call = await _world.Target.CallAsync("/pushed");
        var body = JsonElement.Parse(call.Body);
        var message = body.GetProperty("message");

        Assert.Equal(GoogleWorld.Pushed, body.GetProperty("subscription").GetString());
        Assert.Equal("hello", Encoding.UTF8.GetString(message.GetProperty("data").GetBytesFromBase64()));
        Assert.Equal("report", message.GetProperty("attributes").GetProperty("kind").GetString());
        Assert.Equal(id, message.GetProperty("messageId").GetString());
        Assert.Equal(id, message.GetProperty("message_id").GetString());
        Assert.Equal(message.GetProperty("publishTime").GetString(), message.GetProperty("publish_time").GetString());
        Assert.Equal(1, body.GetProperty("deliveryAttempt").GetInt32());
        var token = await _world.ValidateAsync(
            call.Bearer, "/oauth2/v3/certs", "https://accounts.google.com", "https://send-api.energyload.local");
        Assert.True(token.IsValid, token.Exception?.Message);
        Assert.Equal(GoogleWorld.Email("pubsub-push"), token.Claims["email"]);
        await BacklogAsync(GoogleWorld.Pushed, 0);
    }

    [Fact]
    public async Task A_message_that_is_not_taken_is_pushed_again()
    {
        _world.Target.AnswerNext("/pushed", 500, 302, 404);
        await PublishAsync("again");

        var fourth = await _world.Target.CallAsync("/pushed", 3);

        Assert.Equal(4, JsonElement.Parse(fourth.Body).GetProperty("deliveryAttempt").GetInt32());
        await BacklogAsync(GoogleWorld.Pushed, 0);
    }

    [Fact]
    public async Task A_message_that_nobody_takes_becomes_a_dead_letter()
    {
        _world.Target.AnswerNext("/pushed", 500, 500, 500, 500, 500);
        await PublishAsync("poison");

        var received = await PullOneAsync(GoogleWorld.Dead);
        var message = received.GetProperty("message");
        var attributes = message.GetProperty("attributes");

        Assert.Equal("poison", Encoding.UTF8.GetString(message.GetProperty("data").GetBytesFromBase64()));
        Assert.Equal("5", attributes.GetProperty("CloudPubSubDeadLetterSourceDeliveryCount").GetString());
        Assert.Equal("send-api-error-reports", attributes.GetProperty("CloudPubSubDeadLetterSourceSubscription").GetString());
        Assert.Equal("energyload-local", attributes.GetProperty("CloudPubSubDeadLetterSourceSubscriptionProject").GetString());
        Assert.True(attributes.TryGetProperty("CloudPubSubDeadLetterSourceTopicPublishTime", out _));
        Assert.Equal("report", attributes.GetProperty("kind").GetString());
        Assert.False(received.TryGetProperty("deliveryAttempt", out _));
        await BacklogAsync(GoogleWorld.Pushed, 0);
    }

    [Fact]
    public async Task Messages_survive_a_restart()
    {
        await _world.PostAsync("/control/pubsub", new { pause = true });
        await PublishAsync("kept");
        Assert.Empty(_world.Target.CallsTo("/pushed"));

        await _world.RestartAsync();

        Assert.Contains("a2VwdA==", (await _world.Target.CallAsync("/pushed")).Body, StringComparison.Ordinal);
        await BacklogAsync(GoogleWorld.Pushed, 0);
        await _world.RestartAsync();
        Assert.Single(_world.Target.CallsTo("/pushed"));
    }

    [Fact]
    public async Task A_dropped_push_fails_and_comes_again()
    {
        await _world.PostAsync("/control/pubsub", new { drop = 2 });
        await PublishAsync("dropped");

        Assert.Equal(3, JsonElement.Parse((await _world.Target.CallAsync("/pushed")).Body).GetProperty("deliveryAttempt").GetInt32());
    }

    [Fact]
    public async Task A_push_can_be_duplicated()
    {
        await _world.PostAsync("/control/pubsub", new { duplicate = 1 });
        await PublishAsync("twice");

        var second = await _world.Target.CallAsync("/pushed", 1);

        Assert.Equal(_world.Target.CallsTo("/pushed")[0].Body, second.Body);
        await BacklogAsync(GoogleWorld.Pushed, 0);
    }

    [Fact]
    public async Task A_topic_is_read_through_a_subscription_made_for_it()
    {
        var path = $"/v1/{GoogleWorld.Project}/subscriptions/test-reader";
        (await _world.Http.PutAsJsonAsync(path, new { topic = GoogleWorld.Topic, ackDeadlineSeconds = 10 })).EnsureSuccessStatusCode();
        await PublishAsync("one");
        await PublishAsync("two");
        await _world.RestartAsync();

        var received = (await _world.PostAsync(path + ":pull", new { maxMessages = 10 })).GetProperty("receivedMessages");
        Assert.Equal(
            ["b25l", "dHdv"], received.EnumerateArray().Select(item => item.GetProperty("message").GetProperty("data").GetString()));
        await _world.PostAsync(path + ":acknowledge", new { ackIds = new[] { AckId(received[0]) } });
        await _world.PostAsync(path + ":modifyAckDeadline", new { ackIds = new[] { AckId(received[1]) }, ackDeadlineSeconds = 0 });

        var again = await PullOneAsync($"{GoogleWorld.Project}/subscriptions/test-reader");
        Assert.Equal("dHdv", again.GetProperty("message").GetProperty("data").GetString());
    }

    [Fact]
    public async Task A_pulled_message_comes_back_when_it_is_not_acknowledged_in_time()
    {
        var name = $"{GoogleWorld.Project}/subscriptions/slow-reader";
        (await _world.Http.PutAsJsonAsync($"/v1/{name}", new { topic = GoogleWorld.Topic, ackDeadlineSeconds = 3 }))
            .EnsureSuccessStatusCode();
        await PublishAsync("slow");
        var first = await PullOneAsync(name);

        var second = await PullOneAsync(name);
        await _world.PostAsync($"/v1/{name}:acknowledge", new { ackIds = new[] { AckId(first) } });
        await BacklogAsync(name, 1);
        await _world.PostAsync($"/v1/{name}:acknowledge", new { ackIds = new[] { AckId(second) } });

        await BacklogAsync(name, 0);
    }

    [Theory]
    [InlineData("""{"messages":[]}""")]
    [InlineData("""{"messages":[{}]}""")]
    [InlineData("""{"messages":[{"data":"%%%"}]}""")]
    public async Task Refuses_what_pub_sub_refuses(string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");

        var answer = await _world.Http.PostAsync(new Uri($"/v1/{GoogleWorld.Topic}:publish", UriKind.Relative), content);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
    }

    [Fact]
    public async Task Unknown_topics_and_second_ones_are_refused()
    {
        var publish = await _world.Http.PostAsJsonAsync(
            $"/v1/{GoogleWorld.Project}/topics/other:publish", new { messages = new[] { new { data = "YQ==" } } });
        var twice = await _world.Http.PutAsJsonAsync($"/v1/{GoogleWorld.Topic}", new { });

        Assert.Equal(HttpStatusCode.NotFound, publish.StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
    }

    private static string AckId(JsonElement received) => received.GetProperty("ackId").GetString()!;

    private async Task<string> PublishAsync(string text)
    {
        var attributes = new Dictionary<string, string> { ["kind"] = "report" };
        var published = await _world.PostAsync(
            $"/v1/{GoogleWorld.Topic}:publish", new { messages = new[] { new { data = Encoding.UTF8.GetBytes(text), attributes } } });
        return published.GetProperty("messageIds")[0].GetString()!;
    }

    private async Task<JsonElement> PullOneAsync(string subscription)
    {
        JsonElement received = default;
        await Poll.UntilAsync(async () =>
        {
            received = (await _world.PostAsync($"/v1/{subscription}:pull", new { maxMessages = 1 })).GetProperty("receivedMessages");
            return received.GetArrayLength() == 1;
        });
        return received[0];
    }

    private Task BacklogAsync(string subscription, int expected) => Poll.UntilAsync(async () =>
        (await _world.StateAsync()).GetProperty("pubsub").GetProperty("subscriptions").GetProperty(subscription).GetProperty("backlog")
            .GetInt32() == expected);
}
