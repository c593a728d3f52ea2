using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Local.Google;
using EnergyLoad.Local.Google.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace EnergyLoad.Local.Tests.Google;

/// <summary>The stand-in on sockets of its own, and a service for it to call.</summary>
public sealed class GoogleWorld : IAsyncLifetime
{
    public const string Project = "projects/energyload-local";
    public const string Queue = $"{Project}/locations/europe-west1/queues/send-drain";
    public const string Topic = $"{Project}/topics/esight-error-reports";
    public const string DeadTopic = $"{Project}/topics/esight-error-reports-dead";
    public const string Pushed = $"{Project}/subscriptions/send-api-error-reports";
    public const string Dead = $"{Project}/subscriptions/dead";
    public const string Job = $"{Project}/locations/europe-west1/jobs/sweep";
    public const string Key = $"{Project}/locations/europe-west1/keyRings/edm/cryptoKeys/config";
    public const string Bucket = "energyload-source";
    private readonly string _state = Directory.CreateTempSubdirectory("google-").FullName;
    private WebApplication? _server;

    internal TargetService Target { get; } = new();

    /// <summary>Carries an access token of send-api.</summary>
    public HttpClient Http { get; private set; } = new();

    public Uri Metadata { get; private set; } = new("http://127.0.0.1");

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public static string Email(string name) => $"{name}@energyload-local.iam.gserviceaccount.com";

    public async Task InitializeAsync()
    {
        await Target.StartAsync();
        await StartAsync();
    }

    public async Task RestartAsync()
    {
        await _server!.DisposeAsync();
        await StartAsync();
    }

    public async Task DisposeAsync()
    {
        await _server!.DisposeAsync();
        await Target.DisposeAsync();
        Http.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    public async Task<JsonElement> PostAsync(string path, object body)
    {
        var answer = await Http.PostAsJsonAsync(path, body);
        var content = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, content);
        return JsonElement.Parse(content);
    }

    public async Task<JsonElement> GetAsync(string path) => await Http.GetFromJsonAsync<JsonElement>(path);

    public Task<JsonElement> StateAsync() => GetAsync("/control/state");

    public async Task<string> MetadataAsync(string path)
    {
        using var http = new HttpClient { BaseAddress = Metadata };
        http.DefaultRequestHeaders.Add("Metadata-Flavor", "Google");
        return await http.GetStringAsync($"/computeMetadata/v1/{path}");
    }

    public async Task<TokenValidationResult> ValidateAsync(string token, string keys, string issuer, string audience) =>
        await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
        {
            IssuerSigningKeys = new JsonWebKeySet(await Http.GetStringAsync(keys)).GetSigningKeys(),
            ValidIssuer = issuer,
            ValidAudience = audience,
            ValidAlgorithms = ["RS256"],
        });

    public static async Task<JsonElement> ErrorAsync(HttpResponseMessage answer) =>
        (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("error");

    private async Task StartAsync()
    {
        _server = GoogleServer.Build(Settings());
        await _server.StartAsync();
        var addresses = _server.Urls.ToArray();
        (Address, Metadata) = (new Uri(addresses[0]), new Uri(addresses[1]));
        Http.Dispose();
        Http = new HttpClient { BaseAddress = Address };
        var token = JsonElement.Parse(await MetadataAsync("instance/service-accounts/default/token"));
        Http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token.GetProperty("access_token").GetString());
    }

    private GoogleSettings Settings() => new()
    {
        Port = 0,
        State = _state,
        Accounts =
        [
            new AccountSettings(Email("send-api"), "100000000000000000001", MetadataPort: 0),
            new AccountSettings(Email("tasks-invoker"), "100000000000000000002"),
            new AccountSettings(Email("pubsub-push"), "100000000000000000003"),
            new AccountSettings(Email("scheduler"), "100000000000000000004"),
            new AccountSettings(Email("edm-tokens"), "100000000000000000005"),
        ],
        Queues = [new QueueSettings(Queue, MaxAttempts: 3, MinBackoffMs: 20, MaxBackoffMs: 100, MaxConcurrent: 4)],
        Topics = [Topic, DeadTopic],
        Subscriptions =
        [
            new SubscriptionSettings(
                Pushed, Topic, new Uri("http://send-api.internal/pushed"), Email("pubsub-push"), "https://send-api.energyload.local", 20, 100, 10, DeadTopic, 5),
            new SubscriptionSettings(Dead, DeadTopic, MinBackoffMs: 20, MaxBackoffMs: 100),
        ],
        Jobs = [new JobSettings(Job, 3_600_000, new Uri("http://send-api.internal/swept"), Email("scheduler"), "https://send-api.energyload.local")],
        Hosts = new Dictionary<string, IReadOnlyList<Uri>> { ["send-api.internal"] = [new Uri("http://127.0.0.1:9"), Target.Address] },
        Buckets = [Bucket],
        Secrets = new Dictionary<string, string> { ["database"] = "first" },
        CryptoKeys = [Key],
    };
}
