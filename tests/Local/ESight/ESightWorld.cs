using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using EnergyLoad.Local.ESight;
using Microsoft.AspNetCore.Builder;

namespace EnergyLoad.Local.Tests.ESight;

/// <summary>The simulator on a socket of its own, and a receive gateway for its reports.</summary>
public sealed class ESightWorld : IAsyncLifetime
{
    private readonly string _state = Directory.CreateTempSubdirectory("esight-").FullName;
    private WebApplication? _server;

    internal ReceiveGatewayStub Gateway { get; } = new();

    public HttpClient Http { get; private set; } = new();

    public async Task InitializeAsync()
    {
        await Gateway.StartAsync();
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
        await Gateway.DisposeAsync();
        Http.Dispose();
        Directory.Delete(_state, recursive: true);
    }

    public static string Message(string messageId, params string[] values) => $$"""
        { "header": { "messageId": "{{messageId}}" }, "gatewayData": { "datapointValues": [ {{string.Join(", ", values.Select(Reading))}} ] } }
        """;

    public async Task<HttpResponseMessage> PostAsync(string body, string password = "write-password")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/consumption") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Authorization = Basic("writer", password);
        return await Http.SendAsync(request);
    }

    public async Task<HttpResponseMessage> GetAsync(string path, AuthenticationHeaderValue? authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        request.Headers.Authorization = authorization;
        return await Http.SendAsync(request);
    }

    public async Task BehaveAsync(object rule) =>
        (await Http.PostAsJsonAsync("/control/behaviour", rule)).EnsureSuccessStatusCode();

    public async Task<IReadOnlyList<JsonElement>> LinesAsync(string path = "/control/messages") =>
        [.. (await Http.GetStringAsync(path)).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))];

    public static AuthenticationHeaderValue Basic(string user, string password) =>
        new("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{user}:{password}")));

    private static string Reading(string value, int index) =>
        $$"""{"datapointKey":"kwh","value":{{value}},"tsIso8601":"2022-10-01T{{index:00}}:00:00+02:00"}""";

    private async Task StartAsync()
    {
        _server = ESightServer.Build(new ESightSettings
        {
            Port = 0,
            State = _state,
            ReadUser = "reader",
            ReadPassword = "read-password",
            WriteUser = "writer",
            WritePassword = "write-password",
            Sites = ["LU_VPC"],
            Meters = ["LU_VPC_Elec_4"],
            ReceiveGateway = Gateway.Address,
            ApiKey = "the-key",
            Username = "esight",
            Password = "the-password",
        });
        await _server.StartAsync();
        Http.Dispose();
        Http = new HttpClient { BaseAddress = new Uri(_server.Urls.First()) };
    }
}
