using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EnergyLoad.Testing.Stack;

/// <summary>The stack's Pub/Sub, as an operator with an access token of send-api's account uses it.</summary>
public sealed class StackPubSub : IDisposable
{
    private const string Project = "/v1/projects/energyload-local";
    private const int MetadataAfterGoogle = 2;
    private readonly HttpClient _http;

    private StackPubSub(Uri google) => _http = new HttpClient { BaseAddress = google };

    /// <summary>Gets a token.</summary>
    /// <param name="stack">The running stack.</param>
    public static async Task<StackPubSub> OpenAsync(StackDescription stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var pubSub = new StackPubSub(stack.Google);
        var address = new UriBuilder(stack.Google)
        {
            Port = stack.Google.Port + MetadataAfterGoogle, Path = "/computeMetadata/v1/instance/service-accounts/default/token",
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri);
        request.Headers.Add("Metadata-Flavor", "Google");
        using var answer = await pubSub._http.SendAsync(request);
        var token = (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token")
            .GetString();
        pubSub._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return pubSub;
    }

    /// <summary>Publishes one message.</summary>
    /// <param name="topic">The topic's short name.</param>
    /// <param name="data">The payload.</param>
    /// <param name="attributes">What stands beside it.</param>
    /// <returns>Pub/Sub's id of the message.</returns>
    public async Task<string> PublishAsync(string topic, byte[] data, IReadOnlyDictionary<string, string>? attributes = null)
    {
        var answer = await SendAsync(HttpMethod.Post, $"/topics/{topic}:publish", new { messages = new[] { new { data, attributes } } });
        return answer.GetProperty("messageIds")[0].GetString()!;
    }

    /// <summary>Takes what has come to a subscription.</summary>
    /// <param name="subscription">The subscription's short name.</param>
    public async Task<IReadOnlyList<JsonElement>> PullAsync(string subscription)
    {
        var pulled = await SendAsync(
            HttpMethod.Post, $"/subscriptions/{subscription}:pull", new { maxMessages = 1000, returnImmediately = true });
        var received = pulled.GetProperty("receivedMessages").EnumerateArray().ToList();
        if (received.Count > 0)
        {
            var ackIds = received.Select(one => one.GetProperty("ackId").GetString());
            await SendAsync(HttpMethod.Post, $"/subscriptions/{subscription}:acknowledge", new { ackIds });
        }

        return [.. received.Select(one => one.GetProperty("message"))];
    }

    /// <summary>Makes a topic.</summary>
    /// <param name="topic">The topic's short name.</param>
    public Task CreateTopicAsync(string topic) => SendAsync(HttpMethod.Put, $"/topics/{topic}", new { });

    /// <summary>Takes a topic away; its subscriptions stay.</summary>
    /// <param name="topic">The topic's short name.</param>
    public Task DeleteTopicAsync(string topic) => SendAsync(HttpMethod.Delete, $"/topics/{topic}", body: null);

    /// <summary>What the stand-in counts of a subscription.</summary>
    /// <param name="subscription">The subscription's short name.</param>
    public async Task<JsonElement> CountsAsync(string subscription)
    {
        var state = await _http.GetFromJsonAsync<JsonElement>(new Uri("/control/state", UriKind.Relative));
        return state.GetProperty("pubsub").GetProperty("subscriptions").GetProperty(
            $"{Project["/v1/".Length..]}/subscriptions/{subscription}");
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object? body)
    {
        using var request = new HttpRequestMessage(method, new Uri(Project + path, UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body);
        using var answer = await _http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>();
    }
}
