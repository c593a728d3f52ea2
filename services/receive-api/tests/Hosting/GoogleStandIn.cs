using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Local.Google;
using EnergyLoad.Local.Google.Settings;
using Microsoft.AspNetCore.Builder;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

/// <summary>Google Cloud's stand-in, one for all hosts of this process: client libraries find it by an environment variable.</summary>
internal sealed class GoogleStandIn
{
    public const string Project = "energyload-local";
    public const string Location = "europe-west1";
    public const string Bucket = "energyload-response";
    private static readonly string[] Names = ["receive-api", "receive-gateway", "tasks-invoker", "scheduler", "pubsub-push", "send-gateway"];
    private static readonly Lazy<Task<GoogleStandIn>> Started = new(StartAsync);
    private readonly ConcurrentDictionary<string, IReadOnlyList<Uri>> _hosts = new();
    private readonly Dictionary<string, Uri> _metadata = [];
    private Uri _address = new("http://127.0.0.1");

    public static Task<GoogleStandIn> Shared => Started.Value;

    public static string Queue => $"projects/{Project}/locations/{Location}/queues/receive-publish";

    public Uri Address => _address;

    public HttpClient Http { get; } = new();

    public static string Email(string name) => $"{name}@{Project}.iam.gserviceaccount.com";

    public static string UniqueId(string name) => $"1000000000000000000{10 + Array.IndexOf(Names, name)}";

    /// <summary>Has calls for a host's name go to an address.</summary>
    public void Route(string host, Uri address) => _hosts[host] = [address];

    /// <summary>An ID token of an account, as its metadata server gives it.</summary>
    public async Task<string> IdTokenAsync(string name, string audience)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(_metadata[name], $"/computeMetadata/v1/instance/service-accounts/default/identity?audience={Uri.EscapeDataString(audience)}&format=full"));
        request.Headers.Add("Metadata-Flavor", "Google");
        using var answer = await Http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public Task ControlAsync(string surface, object change) => SendAsync(HttpMethod.Post, $"/control/{surface}", change);

    public async Task MakeTopicAsync(string topic)
    {
        await SendAsync(HttpMethod.Put, $"/v1/projects/{Project}/topics/{topic}", new { });
        await SendAsync(HttpMethod.Put, $"/v1/projects/{Project}/subscriptions/{topic}", new { topic = $"projects/{Project}/topics/{topic}" });
    }

    /// <summary>Takes what was published to a topic since the last look.</summary>
    public async Task<IReadOnlyList<JsonElement>> PullAsync(string topic)
    {
        var path = $"/v1/projects/{Project}/subscriptions/{topic}";
        var pulled = await SendAsync(HttpMethod.Post, $"{path}:pull", new { maxMessages = 1000, returnImmediately = true });
        var received = pulled.TryGetProperty("receivedMessages", out var list) ? list.EnumerateArray().ToList() : [];
        if (received.Count > 0)
        {
            await SendAsync(HttpMethod.Post, $"{path}:acknowledge", new { ackIds = received.Select(one => one.GetProperty("ackId").GetString()) });
        }

        return [.. received.Select(one => one.GetProperty("message"))];
    }

    public Task<HttpResponseMessage> ObjectAsync(string name) =>
        Http.GetAsync(new Uri($"/storage/v1/b/{Bucket}/o/{Uri.EscapeDataString(name)}?alt=media", UriKind.Relative));

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, object body)
    {
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = JsonContent.Create(body) };
        using var answer = await Http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        return JsonElement.Parse(text.Length == 0 ? "{}" : text);
    }

    private static async Task<GoogleStandIn> StartAsync()
    {
        var standIn = new GoogleStandIn();
        var state = Directory.CreateTempSubdirectory("google-").FullName;
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(state, recursive: true);
        var server = GoogleServer.Build(standIn.Settings(state));
        await server.StartAsync();
        await standIn.FindAsync(server);
        return standIn;
    }

    private async Task FindAsync(WebApplication server)
    {
        var addresses = server.Urls.Select(url => new Uri(url)).ToArray();
        _address = addresses[0];
        foreach (var (name, address) in Names.Zip(addresses.Skip(1)))
        {
            _metadata[name] = address;
        }

        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", _metadata["receive-api"].Authority);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_metadata["receive-api"], "/computeMetadata/v1/instance/service-accounts/default/token"));
        request.Headers.Add("Metadata-Flavor", "Google");
        Http.BaseAddress = _address;
        using var answer = await Http.SendAsync(request);
        var token = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
    }

    private GoogleSettings Settings(string state) => new()
    {
        Port = 0,
        State = state,
        Accounts = [.. Names.Select(name => new AccountSettings(Email(name), UniqueId(name), MetadataPort: 0)), new AccountSettings(Email("edm-tokens"), "100000000000000000001")],
        Queues = [new QueueSettings(Queue, MinBackoffMs: 20, MaxBackoffMs: 200)],
        Topics = [],
        Hosts = _hosts,
        Buckets = [Bucket],
    };
}
