using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Local.Google;
using EnergyLoad.Local.Google.Settings;

namespace EnergyLoad.Testing.Cloud;

/// <summary>Google Cloud's stand-in, one for all hosts of a process: client libraries find it by an environment variable.</summary>
public sealed class GoogleStandIn
{
    /// <summary>The project.</summary>
    public const string Project = "energyload-local";

    /// <summary>The location.</summary>
    public const string Location = "europe-west1";

    private static readonly string[] Names =
        ["send-api", "receive-api", "send-gateway", "receive-gateway", "tasks-invoker", "scheduler", "pubsub-push"];

    private readonly ConcurrentDictionary<string, IReadOnlyList<Uri>> _hosts = new();
    private readonly Dictionary<string, Uri> _metadata = [];

    private GoogleStandIn()
    {
    }

    /// <summary>Where all of its services are.</summary>
    public Uri Address => Http.BaseAddress!;

    /// <summary>Calls it as the service's account.</summary>
    public HttpClient Http { get; } = new();

    /// <summary>Starts it.</summary>
    /// <param name="options">What the service needs.</param>
    public static async Task<GoogleStandIn> StartAsync(StandInOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        var standIn = new GoogleStandIn();
        var state = Directory.CreateTempSubdirectory("google-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(state, recursive: true);
        var server = GoogleServer.Build(standIn.Settings(options, state));
        await server.StartAsync();
        await standIn.FindAsync([.. server.Urls.Select(url => new Uri(url))], options.Service);
        return standIn;
    }

    /// <summary>A queue's full name.</summary>
    /// <param name="name">Its short one.</param>
    public static string QueueName(string name) => $"projects/{Project}/locations/{Location}/queues/{name}";

    /// <summary>An account's address.</summary>
    /// <param name="name">What stands before the project.</param>
    public static string Email(string name) => $"{name}@{Project}.iam.gserviceaccount.com";

    /// <summary>An account's number.</summary>
    /// <param name="name">What stands before the project.</param>
    public static string UniqueId(string name) => $"1000000000000000000{10 + Array.IndexOf(Names, name)}";

    /// <summary>Has calls for a host's name go to an address.</summary>
    /// <param name="host">The name.</param>
    /// <param name="address">The address.</param>
    public void Route(string host, Uri address) => _hosts[host] = [address];

    /// <summary>An ID token of an account, as its metadata server gives it.</summary>
    /// <param name="name">What stands before the project in the account's address.</param>
    /// <param name="audience">For whom the token is.</param>
    public async Task<string> IdTokenAsync(string name, string audience)
    {
        using var answer = await AskMetadataAsync(name, $"identity?audience={Uri.EscapeDataString(audience)}&format=full");
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    /// <summary>Makes a bucket.</summary>
    /// <param name="name">Its name.</param>
    public Task MakeBucketAsync(string name) => SendAsync(HttpMethod.Post, "/storage/v1/b", new { name });

    /// <summary>Makes a topic, and a subscription of the same name that keeps what is published to it.</summary>
    /// <param name="topic">Its short name.</param>
    public async Task MakeTopicAsync(string topic)
    {
        await SendAsync(HttpMethod.Put, $"/v1/projects/{Project}/topics/{topic}", new { });
        await SendAsync(
            HttpMethod.Put, $"/v1/projects/{Project}/subscriptions/{topic}", new { topic = $"projects/{Project}/topics/{topic}" });
    }

    /// <summary>Takes what was published to a topic since the last look.</summary>
    /// <param name="topic">Its short name.</param>
    public async Task<IReadOnlyList<JsonElement>> PullAsync(string topic)
    {
        var path = $"/v1/projects/{Project}/subscriptions/{topic}";
        var pulled = await SendAsync(HttpMethod.Post, $"{path}:pull", new { maxMessages = 1000, returnImmediately = true });
        var received = pulled.TryGetProperty("receivedMessages", out var list) ? list.EnumerateArray().ToList() : [];
        if (received.Count > 0)
        {
            await SendAsync(
                HttpMethod.Post, $"{path}:acknowledge", new { ackIds = received.Select(one => one.GetProperty("ackId").GetString()) });
        }

        return [.. received.Select(one => one.GetProperty("message"))];
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        return answer.IsSuccessStatusCode
            ? JsonElement.Parse(text.Length == 0 ? "{}" : text)
            : throw new InvalidOperationException($"{method} {path}: {(int)answer.StatusCode} {text}");
    }

    private async Task FindAsync(Uri[] addresses, string service)
    {
        foreach (var (name, address) in Names.Zip(addresses.Skip(1)))
        {
            _metadata[name] = address;
        }

        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", _metadata[service].Authority);
        Http.BaseAddress = addresses[0];
        using var answer = await AskMetadataAsync(service, "token");
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
    }

    private async Task<HttpResponseMessage> AskMetadataAsync(string name, string what)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(_metadata[name], $"/computeMetadata/v1/instance/service-accounts/default/{what}"));
        request.Headers.Add("Metadata-Flavor", "Google");
        return await Http.SendAsync(request);
    }

    private GoogleSettings Settings(StandInOptions options, string state)
    {
        var queue = new QueueSettings(QueueName(options.Queue), MinBackoffMs: 20, MaxBackoffMs: 200);
        return new()
        {
            Port = 0,
            State = state,
            Accounts =
            [
                .. Names.Select(name => new AccountSettings(Email(name), UniqueId(name), MetadataPort: 0)),
                new AccountSettings(Email("edm-tokens"), "100000000000000000001"),
            ],
            Queues = [options.TaskAttempts is { } attempts ? queue with { MaxAttempts = attempts } : queue],
            Topics = [],
            Hosts = _hosts,
            Buckets = options.Buckets,
        };
    }
}
