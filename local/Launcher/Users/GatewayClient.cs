using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Local.Launcher.Layout;
using EnergyLoad.Local.Launcher.Starting;

namespace EnergyLoad.Local.Launcher.Users;

/// <summary>Speaks to one gateway as one user: key, then token.</summary>
internal sealed class GatewayClient(HttpClient http, string gateway, string apiKey, StackUser user)
{
    private string? _token;

    public async Task<T> GetAsync<T>(string path, CancellationToken cancellationToken) =>
        await ReadAsync<T>(HttpMethod.Get, path, null, cancellationToken);

    public async Task<T> PostAsync<T>(string path, HttpContent content, CancellationToken cancellationToken) =>
        await ReadAsync<T>(HttpMethod.Post, path, content, cancellationToken);

    public async Task LoginAsync(CancellationToken cancellationToken)
    {
        _token = null;
        using var content = JsonContent.Create(new { username = user.Username, password = user.Password });
        using var answer = await SendAsync(HttpMethod.Post, "/login", content, cancellationToken);
        _token = await answer.Content.ReadAsStringAsync(cancellationToken);
    }

    /// <summary>For routes whose answer's body tells nothing.</summary>
    public async Task PostAsync(string path, HttpContent content, CancellationToken cancellationToken)
    {
        await EnsureLoginAsync(cancellationToken);
        using var answer = await SendAsync(HttpMethod.Post, path, content, cancellationToken);
    }

    private async Task<T> ReadAsync<T>(HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        await EnsureLoginAsync(cancellationToken);
        using var answer = await SendAsync(method, path, content, cancellationToken);
        return await answer.Content.ReadFromJsonAsync<T>(JsonSerializerOptions.Web, cancellationToken)
            ?? throw new StackFailedException($"{method} {path} was answered with nothing.");
    }

    private Task EnsureLoginAsync(CancellationToken cancellationToken) =>
        _token is null ? LoginAsync(cancellationToken) : Task.CompletedTask;

    private async Task<HttpResponseMessage> SendAsync(
        HttpMethod method, string path, HttpContent? content, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(method, new Uri(gateway + path)) { Content = content };
        request.Headers.Add("x-api-key", apiKey);
        request.Headers.Authorization = _token is null ? null : new AuthenticationHeaderValue("Bearer", _token);
        request.Headers.Accept.ParseAdd(_token is null ? "text/plain" : "application/json");
        var answer = await http.SendAsync(request, cancellationToken);
        if (answer.IsSuccessStatusCode)
        {
            return answer;
        }

        using (answer)
        {
            var problem = await answer.Content.ReadAsStringAsync(cancellationToken);
            throw new StackFailedException($"{method} {path} as {user.Username} was answered {(int)answer.StatusCode}: {problem}");
        }
    }
}
