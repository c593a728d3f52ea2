using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Local.Google;
using EnergyLoad.Local.Google.Settings;
using Microsoft.AspNetCore.Builder;

namespace EnergyLoad.SendApi.Tests.Hosting;

/// <summary>Google Cloud's stand-in, one for all hosts of this process: client libraries find it by an environment variable.</summary>
internal sealed class GoogleStandIn
{
    public const string Project = "energyload-local";
    public const string Location = "europe-west1";
    public const string SourceBucket = "energyload-source";
    public const string SuccessBucket = "energyload-success";
    public const string ErrorBucket = "energyload-error";
    private static readonly string[] Names = ["send-api", "send-gateway", "tasks-invoker", "scheduler", "pubsub-push"];
    private static readonly Lazy<Task<GoogleStandIn>> Started = new(StartAsync);
    private readonly Dictionary<string, Uri> _metadata = [];

    public static Task<GoogleStandIn> Shared => Started.Value;

    public static string Queue => $"projects/{Project}/locations/{Location}/queues/send-drain";

    public HttpClient Http { get; } = new();

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static string Email(string name) => $"{name}@{Project}.iam.gserviceaccount.com";

    public static string UniqueId(string name) => $"1000000000000000000{10 + Array.IndexOf(Names, name)}";

    /// <summary>An ID token of an account, as its metadata server gives it.</summary>
    public async Task<string> IdTokenAsync(string name, string audience)
    {
        using var request = new HttpRequestMessage(
            HttpMethod.Get, new Uri(_metadata[name], $"/computeMetadata/v1/instance/service-accounts/default/identity?audience={Uri.EscapeDataString(audience)}&format=full"));
        request.Headers.Add("Metadata-Flavor", "Google");
        using var answer = await Http.SendAsync(request);
        return await answer.EnsureSuccessStatusCode().Content.ReadAsStringAsync();
    }

    public async Task MakeBucketAsync(string name)
    {
        using var answer = await Http.PostAsJsonAsync(new Uri("/storage/v1/b", UriKind.Relative), new { name });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Puts an object that is stored compressed, which the client library does not do.</summary>
    public async Task PutCompressedAsync(string name, byte[] content)
    {
        using var metadata = new StringContent($$"""{"name":{{JsonSerializer.Serialize(name)}},"contentEncoding":"gzip"}""");
        metadata.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var body = new MultipartContent("related") { metadata, new ByteArrayContent(content) };
        using var answer = await Http.PostAsync(new Uri($"/upload/storage/v1/b/{SourceBucket}/o?uploadType=multipart", UriKind.Relative), body);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>Makes a topic, and a subscription of the same name that keeps what is published to it.</summary>
    public async Task MakeTopicAsync(string topic)
    {
        await SendAsync(HttpMethod.Put, $"/v1/projects/{Project}/topics/{topic}", "{}");
        await SendAsync(HttpMethod.Put, $"/v1/projects/{Project}/subscriptions/{topic}", $$"""{"topic":"projects/{{Project}}/topics/{{topic}}"}""");
    }

    /// <summary>Takes what was published to a topic since the last look.</summary>
    public async Task<IReadOnlyList<JsonElement>> PullAsync(string topic)
    {
        var path = $"/v1/projects/{Project}/subscriptions/{topic}";
        var pulled = await SendAsync(HttpMethod.Post, $"{path}:pull", """{"maxMessages":1000,"returnImmediately":true}""");
        var received = pulled.TryGetProperty("receivedMessages", out var list) ? list.EnumerateArray().ToList() : [];
        if (received.Count > 0)
        {
            var ids = received.Select(one => one.GetProperty("ackId").GetString());
            await SendAsync(HttpMethod.Post, $"{path}:acknowledge", $$"""{"ackIds":{{JsonSerializer.Serialize(ids)}}}""");
        }

        return [.. received.Select(one => one.GetProperty("message"))];
    }

    private async Task<JsonElement> SendAsync(HttpMethod method, string path, string body)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        using var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative)) { Content = content };
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
        var server = GoogleServer.Build(Settings(state));
        await server.StartAsync();
        await standIn.FindAsync(server);
        return standIn;
    }

    private async Task FindAsync(WebApplication server)
    {
        var addresses = server.Urls.Select(url => new Uri(url)).ToArray();
        Address = addresses[0];
        foreach (var (name, address) in Names.Zip(addresses.Skip(1)))
        {
            _metadata[name] = address;
        }

        Environment.SetEnvironmentVariable("GCE_METADATA_HOST", _metadata["send-api"].Authority);
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(_metadata["send-api"], "/computeMetadata/v1/instance/service-accounts/default/token"));
        request.Headers.Add("Metadata-Flavor", "Google");
        Http.BaseAddress = Address;
        using var answer = await Http.SendAsync(request);
        var token = JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
    }

    private static GoogleSettings Settings(string state) => new()
    {
        Port = 0,
        State = state,
        Accounts = [.. Names.Select(name => new AccountSettings(Email(name), UniqueId(name), MetadataPort: 0)), new AccountSettings(Email("edm-tokens"), "100000000000000000001")],
        Queues = [new QueueSettings(Queue, MaxAttempts: 1)],
        Topics = [],
        Buckets = [SourceBucket, SuccessBucket, ErrorBucket],
    };
}
