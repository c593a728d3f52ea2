using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Testing.Stack;

/// <summary>A client of one gateway: key in the header, token from /login.</summary>
public sealed class GatewayUser : IDisposable
{
    private readonly HttpClient _http;

    private GatewayUser(Uri gateway, string apiKey)
    {
        _http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 64 }) { BaseAddress = gateway };
        _http.DefaultRequestHeaders.Add("x-api-key", apiKey);
    }

    /// <summary>The EDM JWT.</summary>
    public string Token { get; private set; } = "";

    /// <summary>Logs in.</summary>
    /// <param name="gateway">The gateway.</param>
    /// <param name="apiKey">The client's key.</param>
    /// <param name="user">Name and password.</param>
    public static async Task<GatewayUser> LoginAsync(Uri gateway, string apiKey, StackUser user)
    {
        var client = new GatewayUser(gateway, apiKey);
        using var answer = await client._http.PostAsJsonAsync("/login", user, JsonSerializerOptions.Web);
        answer.EnsureSuccessStatusCode();
        client.Token = await answer.Content.ReadAsStringAsync();
        client._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", client.Token);
        return client;
    }

    /// <summary>Pushes a body to send-api.</summary>
    /// <param name="body">The bytes, as text.</param>
    /// <param name="mediaType">application/json by default.</param>
    public Task<HttpResponseMessage> PushAsync(string body, string mediaType = "application/json") =>
        _http.PostAsync(new Uri("/api/v1/service/send/", UriKind.Relative), new StringContent(body, Encoding.UTF8, mediaType));

    /// <summary>Reads JSON.</summary>
    /// <param name="path">Path and query.</param>
    public Task<JsonElement> GetAsync(string path) => _http.GetFromJsonAsync<JsonElement>(new Uri(path, UriKind.Relative));

    /// <summary>Sends any request as this user.</summary>
    /// <param name="request">The request; its address may be relative.</param>
    public Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => _http.SendAsync(request);

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();
}
