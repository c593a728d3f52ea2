using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Contract.Tests.Endpoints;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Contract.Tests.Pair;

/// <summary>The running pair, whose events go through Google's own emulator of Pub/Sub.</summary>
public sealed class EmulatedPubSubStack : RunningStack, IAsyncLifetime
{
    public const string DeadLetters = "esight-error-reports-dead";
    private const string Project = $"projects/{CloudEndpoint.ProjectId}";
    private const string Events = "esight-error-reports";
    private const string PushPath = "/internal/pubsub/error-reports";
    private const int MetadataAfterGoogle = 2;
    private static readonly string[] Topics = [Events, DeadLetters, "esight-deliveries"];
    private readonly PubSubEmulator _emulator = new();
    private SigningRelay? _relay;

    internal SigningRelay Relay => _relay ?? throw new InvalidOperationException("The emulator is not here.");

    protected override IReadOnlyDictionary<string, string> Settings =>
        new Dictionary<string, string> { ["GoogleCloud__PubSubUrl"] = _emulator.Http.BaseAddress!.AbsoluteUri };

    async Task IAsyncLifetime.InitializeAsync()
    {
        await _emulator.InitializeAsync();
        if (PubSubEmulator.Missing is not null)
        {
            return;
        }

        foreach (var topic in Topics)
        {
            await _emulator.SendAsync(HttpMethod.Put, $"/v1/{Project}/topics/{topic}", new { });
        }

        await InitializeAsync();
        _relay = await SigningRelay.StartAsync(new Uri(Description.SendApi[0], PushPath), await PushTokenAsync());
        await SubscribeAsync("send-api-error-reports", new
        {
            topic = $"{Project}/topics/{Events}",
            pushConfig = new { pushEndpoint = _relay.Address },
            ackDeadlineSeconds = 30,
            retryPolicy = new { minimumBackoff = "0.1s", maximumBackoff = "1s" },
        });
        await SubscribeAsync(DeadLetters, new { topic = $"{Project}/topics/{DeadLetters}" });
    }

    async Task IAsyncLifetime.DisposeAsync()
    {
        if (_relay is not null)
        {
            await _relay.DisposeAsync();
            await DisposeAsync();
        }

        await _emulator.DisposeAsync();
    }

    /// <summary>Publishes to the topic of the error reports.</summary>
    public Task PublishAsync(byte[] data) => _emulator.SendAsync(
        HttpMethod.Post, $"/v1/{Project}/topics/{Events}:publish", new { messages = new[] { new { data } } });

    /// <summary>Takes what has come to the dead letters.</summary>
    public async Task<IReadOnlyList<JsonElement>> PullDeadLettersAsync()
    {
        var pulled = await _emulator.SendAsync(
            HttpMethod.Post, $"/v1/{Project}/subscriptions/{DeadLetters}:pull", new { maxMessages = 10, returnImmediately = true });
        return pulled.TryGetProperty("receivedMessages", out var received)
            ? [.. received.EnumerateArray().Select(one => one.GetProperty("message"))]
            : [];
    }

    private Task SubscribeAsync(string name, object resource) =>
        _emulator.SendAsync(HttpMethod.Put, $"/v1/{Project}/subscriptions/{name}", resource);

    /// <summary>An ID token as Pub/Sub sends it along, of the account that pushes.</summary>
    private async Task<string> PushTokenAsync()
    {
        using var http = new HttpClient();
        http.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        var metadata = new UriBuilder(Description.Google)
        {
            Port = Description.Google.Port + MetadataAfterGoogle, Path = "/computeMetadata/v1/instance/service-accounts/default/token",
        };
        var access = await http.GetFromJsonAsync<JsonElement>(metadata.Uri);
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", access.GetProperty("access_token").GetString());
        using var answer = await http.PostAsJsonAsync(
            new Uri(Description.Google, $"/v1/projects/-/serviceAccounts/{Description.Callers["pubsub"]}:generateIdToken"),
            new { audience = Description.Audiences["sendApi"], includeEmail = true });
        return (await answer.EnsureSuccessStatusCode().Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }
}
