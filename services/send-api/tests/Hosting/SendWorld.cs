using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using EnergyLoad.SendApi.Tests.Outcomes;
using EnergyLoad.Testing.Cloud;

namespace EnergyLoad.SendApi.Tests.Hosting;

/// <summary>The service on a real socket, called as the gateway calls it; what e-Sight answers, the tests say.</summary>
public sealed class SendWorld : IAsyncLifetime
{
    public const string Send = "/api/v1/service/send";
    private readonly Users _users;
    private GoogleStandIn? _google;

    public SendWorld() => _users = new Users(this);

    internal HttpClient Http { get; private set; } = new();

    internal OutcomeWorld Rooms { get; } = new();

    public async Task InitializeAsync()
    {
        _google = await SendCloud.Shared;
        await Rooms.InitializeAsync();
        await Rooms.Service.StartAsync();
        Http.Dispose();
        Http = new HttpClient { BaseAddress = new Uri(Rooms.Service.Urls.Single()) };
        await _users.CreateAsync("admin", "backoffice", "sender", "other", "user");
    }

    public async Task DisposeAsync()
    {
        Http.Dispose();
        await Rooms.DisposeAsync();
    }

    internal Task<HttpResponseMessage> PushAsync(string body, string mediaType = "application/json") =>
        PushAsync(Encoding.UTF8.GetBytes(body), mediaType);

    internal async Task<HttpResponseMessage> PushAsync(
        byte[] body, string mediaType = "application/json", string? encoding = null, string query = "")
    {
        using var request = await RequestAsync(HttpMethod.Post, $"{Send}{query}", "sender");
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = MediaTypeHeaderValue.Parse(mediaType);
        if (encoding is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding);
        }

        return await SendAsync(request);
    }

    /// <summary>Sends a request as a user; a body is written as JSON.</summary>
    internal async Task<HttpResponseMessage> SendAsync(HttpMethod method, string path, string user = "sender", object? body = null)
    {
        using var request = await RequestAsync(method, path, user);
        if (body is not null)
        {
            request.Content = new ByteArrayContent(JsonSerializer.SerializeToUtf8Bytes(body, JsonSerializerOptions.Web));
            request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        }

        return await SendAsync(request);
    }

    internal async Task<JsonElement> GetAsync(string path, string user = "backoffice")
    {
        using var answer = await SendAsync(HttpMethod.Get, path, user);
        return await JsonAsync(answer.EnsureSuccessStatusCode());
    }

    internal Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Http.SendAsync(request);

    /// <summary>A request as the gateway passes it on: its own ID token, and the user's token beside it.</summary>
    internal async Task<HttpRequestMessage> RequestAsync(HttpMethod method, string path, string? user, string caller = "send-gateway")
    {
        var request = new HttpRequestMessage(method, new Uri(path, UriKind.Relative));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await _google!.IdTokenAsync(caller, SendService.Audience));
        request.Headers.Add("X-Forwarded-For", "198.51.100.7, 10.0.0.1");
        if (user is not null)
        {
            request.Headers.Add("X-Forwarded-Authorization", $"Bearer {_users.TokenOf(user)}");
            request.Headers.Add("X-Endpoint-API-UserInfo", _users.TokenOf(user).Split('.')[1]);
        }

        return request;
    }

    internal static async Task<JsonElement> JsonAsync(HttpResponseMessage answer) =>
        JsonElement.Parse(await answer.Content.ReadAsStringAsync());
}
