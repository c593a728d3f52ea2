using System.Net.Http.Json;
using System.Text;

namespace EnergyLoad.Auth.Tests.Infrastructure;

/// <summary>Sends requests as the gateway does: its ID token in Authorization, the client's token forwarded, two hops appended.</summary>
internal sealed record GatewayClient(Uri Service, FakeGoogle Google, string ClientAddress)
{
    private static readonly HttpClient Http = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });

    /// <summary>The account that calls.</summary>
    public Account Caller { get; init; } = Account.Gateway;

    public HttpRequestMessage Request(HttpMethod method, string path, string? token = null, object? body = null)
    {
        var request = new HttpRequestMessage(method, new Uri(Service, path));
        request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {IdToken.Of(Google, Caller)}");
        request.Headers.TryAddWithoutValidation("X-Forwarded-For", $"{ClientAddress}, 10.0.0.1");
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("X-Forwarded-Authorization", $"Bearer {token}");
            request.Headers.TryAddWithoutValidation("X-Endpoint-API-UserInfo", token.Split('.')[1]);
        }

        request.Content = body switch
        {
            null => null,
            string json => new StringContent(json, Encoding.UTF8, "application/json"),
            _ => JsonContent.Create(body),
        };
        return request;
    }

    public static Task<HttpResponseMessage> SendAsync(HttpRequestMessage request) => Http.SendAsync(request);

    public Task<HttpResponseMessage> GetAsync(string path, string? token = null) => SendAsync(Request(HttpMethod.Get, path, token));

    public Task<HttpResponseMessage> PostAsync(string path, string? token = null, object? body = null) => SendAsync(
        Request(HttpMethod.Post, path, token, body));

    public Task<HttpResponseMessage> PatchAsync(string path, string? token, object body) => SendAsync(
        Request(HttpMethod.Patch, path, token, body));

    public Task<HttpResponseMessage> DeleteAsync(string path, string? token) => SendAsync(Request(HttpMethod.Delete, path, token));

    public Task<HttpResponseMessage> TryLoginAsync(string username, string password) => PostAsync(
        "/login", body: new { username, password });

    public async Task<string> LoginAsync(string username, string password)
    {
        using var response = await TryLoginAsync(username, password);
        return response.IsSuccessStatusCode
            ? await response.Content.ReadAsStringAsync()
            : throw new InvalidOperationException(
                $"Login as {username}: {(int)response.StatusCode} {await response.Content.ReadAsStringAsync()}");
    }
}
