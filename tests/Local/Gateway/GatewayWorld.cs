using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Local.Gateway;
using EnergyLoad.Local.Gateway.Configuration;
using EnergyLoad.Testing;
using Microsoft.AspNetCore.Builder;

namespace EnergyLoad.Local.Tests.Gateway;

/// <summary>The real gateway in front of an echoing service, with keys and a metadata server of the tests' own.</summary>
public sealed class GatewayWorld : IAsyncLifetime, IAsyncDisposable
{
    public const string ApiKey = "a-key-of-the-tests";
    public const string Audience = "https://send-api.example";
    internal static readonly string SendContract = Path.Combine(Repository.Root, "gateway", "openapi-send.yaml");
    private readonly string _contract;
    private readonly Func<EchoBackend, IReadOnlyList<Uri>> _backends;
    private readonly bool _stripSignatures;
    private readonly TimeProvider? _time;
    private WebApplication? _gateway;

    public GatewayWorld()
        : this(SendContract)
    {
    }

    internal GatewayWorld(
        string contract, Func<EchoBackend, IReadOnlyList<Uri>>? backends = null, bool stripSignatures = false, TimeProvider? time = null)
    {
        (_contract, _stripSignatures, _time) = (contract, stripSignatures, time);
        _backends = backends ?? (echo => [echo.Address]);
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
    }

    public HttpClient Http { get; }

    internal FakeGoogle Google { get; } = new();

    internal EchoBackend Backend { get; } = new();

    internal Uri Address => LoopbackApp.AddressOf(_gateway!);

    internal string Token => new TestToken { Key = Google.Key }.Encode();

    public async Task InitializeAsync()
    {
        await Task.WhenAll(Google.StartAsync(), Backend.StartAsync());
        await StartGatewayAsync();
    }

    internal async Task StartGatewayAsync()
    {
        _gateway = GatewayHost.Build(Config(), _time);
        await _gateway.StartAsync();
        Http.BaseAddress = Address;
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await _gateway!.DisposeAsync();
        await Backend.DisposeAsync();
        await Google.DisposeAsync();
    }

    async ValueTask IAsyncDisposable.DisposeAsync() => await DisposeAsync();

    /// <summary>A world with a contract of its own, for as long as the test.</summary>
    internal static async Task<GatewayWorld> StartAsync(
        string contract, Func<EchoBackend, IReadOnlyList<Uri>>? backends = null, bool stripSignatures = false)
    {
        var world = new GatewayWorld(contract, backends, stripSignatures);
        await world.InitializeAsync();
        return world;
    }

    internal static HttpRequestMessage Request(HttpMethod method, string path, string? token = null, string? key = ApiKey)
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        if (key is not null)
        {
            request.Headers.Add("x-api-key", key);
        }

        return request;
    }

    internal static HttpRequestMessage Get(string path, string? token = null, string? key = ApiKey) =>
        Request(HttpMethod.Get, path, token, key);

    internal async Task<Echo> EchoAsync(HttpRequestMessage request)
    {
        using var answer = await Http.SendAsync(request);
        Assert.True(answer.IsSuccessStatusCode, $"{(int)answer.StatusCode}: {await answer.Content.ReadAsStringAsync()}");
        return (await answer.Content.ReadFromJsonAsync<Echo>())!;
    }

    /// <summary>Sends and expects the gateway's own refusal.</summary>
    internal async Task<HttpResponseMessage> RefusedAsync(int status, string message, HttpRequestMessage request)
    {
        var answer = await Http.SendAsync(request);
        await AssertRefusalAsync(status, message, answer);
        return answer;
    }

    internal static async Task AssertRefusalAsync(int status, string message, HttpResponseMessage answer)
    {
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(message, body.GetProperty("message").GetString());
        Assert.Equal(status, body.GetProperty("code").GetInt32());
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/json", answer.Content.Headers.ContentType!.ToString());
        Assert.False(answer.Headers.Contains("Retry-After"));
        Assert.False(answer.Content.Headers.Contains("Allow"));
    }

    private GatewayConfig Config() => new()
    {
        Port = 0,
        OpenApi = _contract,
        Backends = _backends(Backend),
        Metadata = Google.Address,
        StripSignatures = _stripSignatures,
        ApiKeys = [new ApiKey("internal", ApiKey, "424242")],
        Values = new Dictionary<string, string>
        {
            ["GATEWAY_HOST"] = "send-gateway.example",
            ["BACKEND_URL"] = "http://send-api.internal",
            ["BACKEND_AUDIENCE"] = Audience,
            ["TOKEN_ISSUER"] = TestToken.GoodIssuer,
            ["TOKEN_JWKS_URI"] = $"{Google.Address}jwks",
            ["TOKEN_AUDIENCE"] = TestToken.GoodAudience,
        },
    };
}
