using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Local.ESight;
using Microsoft.AspNetCore.Builder;

namespace EnergyLoad.SendApi.Tests.Delivery;

/// <summary>The e-Sight simulator on a socket of its own.</summary>
internal sealed class ESightWorld : IAsyncDisposable
{
    private readonly string _state = Directory.CreateTempSubdirectory("esight-").FullName;
    private readonly HttpClient _http = new();
    private WebApplication? _server;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async Task StartAsync(IReadOnlyList<string> sites, IReadOnlyList<string> meters)
    {
        _server = ESightServer.Build(new ESightSettings
        {
            Port = 0,
            State = _state,
            ReadUser = "read",
            ReadPassword = "read",
            WriteUser = "write",
            WritePassword = "write",
            Sites = sites,
            Meters = meters,
            ReceiveGateway = new Uri("http://127.0.0.1:9"),
            ApiKey = "none",
            Username = "none",
            Password = "none",
        });
        await _server.StartAsync();
        Address = new Uri(_server.Urls.Single());
    }

    public async Task BehaveAsync(object rule)
    {
        using var answer = await _http.PostAsJsonAsync(new Uri(Address, "/control/behaviour"), rule);
        answer.EnsureSuccessStatusCode();
    }

    public async Task ForgetBehaviourAsync()
    {
        using var answer = await _http.DeleteAsync(new Uri(Address, "/control/behaviour"));
        answer.EnsureSuccessStatusCode();
    }

    public async Task HasMetersAsync(params IEnumerable<string> meters)
    {
        using var answer = await _http.PutAsJsonAsync(new Uri(Address, "/control/meters"), meters);
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The messageIds of all POSTs, in the order of their arrival.</summary>
    public async Task<IReadOnlyList<string>> ReceivedAsync()
    {
        var lines = await _http.GetStringAsync(new Uri(Address, "/control/messages"));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line).GetProperty("messageId").GetString()!)];
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_server is not null)
        {
            await _server.StopAsync();
            await _server.DisposeAsync();
        }

        Directory.Delete(_state, recursive: true);
    }
}
