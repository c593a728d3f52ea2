using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EnergyLoad.MySql;
using EnergyLoad.ReceiveApi.Hosting;
using EnergyLoad.Testing;
using EnergyLoad.Testing.Cloud;
using EnergyLoad.Testing.Stack;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace EnergyLoad.ReceiveApi.Tests.Hosting;

/// <summary>The real service on a real socket, with a database and a topic of its own.</summary>
public sealed class ReceiveWorld : IAsyncLifetime
{
    public const string Path = "/api/v1/service/receive/errorjson";
    public const string ESight = "e_sight";
    public const string Backoffice = "backoffice";
    private const string Name = "receive-api";
    private const string GatewayAddress = "http://127.0.0.1:8082";
    private readonly string _name = $"receive-{Guid.NewGuid():n}";
    private readonly TestDatabase _tests = new();
    private readonly ConcurrentQueue<(JsonElement Data, JsonElement Attributes)> _events = new();
    private readonly Users _users;
    private WebApplication? _service;

    public ReceiveWorld() => _users = new Users(this);

    internal GoogleStandIn Google { get; private set; } = null!;

    private static string Audience => ServiceSettings.AudienceOf(Name);

    internal LogSink Logs { get; } = new();

    internal Database Database => _tests.Database;

    internal HttpClient Http { get; private set; } = new();

    internal bool HasTopic { get; init; } = true;

    /// <summary>Stands between the service and the database; null unless a test wants to cut it.</summary>
    internal TcpRelay? Relay { get; init; }

    internal Dictionary<string, string?> Settings { get; } = [];

    internal IServiceProvider Services => _service!.Services;

    public async Task InitializeAsync()
    {
        Google = await ReceiveCloud.Shared;
        await _tests.InitializeAsync();
        if (HasTopic)
        {
            await MakeTopicAsync();
        }

        Relay?.Start(_tests.Options.Host, _tests.Options.Port);
        await StartAsync();
        await _users.CreateAsync("root", "admin", Backoffice, "sender", ESight, "user");
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _service!.DisposeAsync();
        Relay?.Dispose();
        await _tests.DisposeAsync();
    }

    internal Task StopAsync() => _service!.StopAsync();

    /// <summary>Posts a body as e-Sight does.</summary>
    internal Task<HttpResponseMessage> PostAsync(string body) => PostAsync(Encoding.UTF8.GetBytes(body));

    internal async Task<HttpResponseMessage> PostAsync(byte[] body, string contentType = "application/json", string role = ESight)
    {
        using var request = await RequestAsync(HttpMethod.Post, Path, role);
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(contentType);
        return await Http.SendAsync(request);
    }

    /// <summary>Sends a request without a body, as an operator unless told otherwise.</summary>
    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string? role = Backoffice)
    {
        using var request = await RequestAsync(method, path, role);
        return await Http.SendAsync(request);
    }

    internal async Task<JsonElement> GetAsync(string path)
    {
        using var answer = await SendAsync(HttpMethod.Get, path);
        return await JsonAsync(answer.EnsureSuccessStatusCode());
    }

    /// <summary>A request as the gateway passes it on: its own ID token, and the user's token beside it.</summary>
    internal async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, string? role, string caller = "receive-gateway")
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await Google.IdTokenAsync(caller, Audience));
        request.Headers.Add("X-Forwarded-For", "198.51.100.7, 10.0.0.1");
        if (role is not null)
        {
            request.Headers.Add("X-Forwarded-Authorization", $"Bearer {_users.TokenOf(role)}");
            request.Headers.Add("X-Endpoint-API-UserInfo", _users.TokenOf(role).Split('.')[1]);
        }

        return request;
    }

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync());

    /// <summary>What Cloud Tasks does.</summary>
    internal Task<HttpResponseMessage> WakeAsync() => CallAsync("/internal/tasks/publish", "tasks-invoker");

    /// <summary>What Cloud Scheduler does once a minute.</summary>
    internal Task<HttpResponseMessage> SweepAsync() => CallAsync("/internal/scheduler/sweep", "scheduler");

    internal async Task<HttpResponseMessage> CallAsync(string path, string caller)
    {
        using var request = await RequestAsync(HttpMethod.Post, path, role: null, caller);
        return await Http.SendAsync(request);
    }

    internal Task MakeTopicAsync() => Google.MakeTopicAsync(_name);

    /// <summary>Waits until at least so many events of a report were published, and returns all that there are.</summary>
    internal async Task<IReadOnlyList<(JsonElement Data, JsonElement Attributes)>> EventsAsync(string esightId, int count)
    {
        await Eventually.GetAsync(
            async () =>
            {
                foreach (var message in await Google.PullAsync(_name))
                {
                    var data = JsonElement.Parse(message.GetProperty("data").GetBytesFromBase64());
                    _events.Enqueue((data, message.GetProperty("attributes")));
                }

                return Of(esightId).Count;
            },
            found => found >= count);
        return Of(esightId);
    }

    private List<(JsonElement Data, JsonElement Attributes)> Of(string esightId) =>
        [.. _events.Where(one => one.Data.GetProperty("esightId").GetString() == esightId)];

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions { EnvironmentName = "Production" });
        builder.Configuration.AddInMemoryCollection(Configuration());
        builder.Configuration.AddInMemoryCollection(Settings);
        builder.AddReceiveApi();
        builder.Logging.ClearProviders().AddProvider(Logs);
        _service = builder.Build();
        _service.UseReceiveApi();
        foreach (var schema in _service.Services.GetRequiredService<IReadOnlyList<MigrationSet>>())
        {
            await _service.Services.GetRequiredService<Migrator>().RunAsync(schema, CancellationToken.None);
        }

        await _service.StartAsync();
        var address = new Uri(_service.Urls.Single());
        Google.Route($"{_name}.internal", address);
        Http.Dispose();
        Http = new HttpClient { BaseAddress = address };
    }

    private Dictionary<string, string?> Configuration() => new(ServiceSettings.Of(Name, _tests.Options, Google.Address, GatewayAddress))
    {
        ["MySql:Port"] = $"{Relay?.Port ?? _tests.Options.Port}",
        ["Publishing:Topic"] = _name,
        ["Publishing:Queue"] = ReceiveCloud.Queue,
        ["Publishing:ServiceUrl"] = $"http://{_name}.internal",
        ["Publishing:TasksAccount"] = GoogleStandIn.Email("tasks-invoker"),
        ["Publishing:Audience"] = Audience,
        ["Publishing:ArchiveBucket"] = ReceiveCloud.Bucket,
    };
}
