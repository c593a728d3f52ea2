using System.Net.Http.Headers;
using System.Text.Json;

namespace EnergyLoad.Local.ESight.ErrorReports;

/// <summary>Logs in once and keeps the token until shortly before it expires.</summary>
internal sealed class GatewayLogin(HttpClient http, ESightSettings settings, TimeProvider clock) : IDisposable
{
    private static readonly TimeSpan Margin = TimeSpan.FromSeconds(30);
    private readonly SemaphoreSlim _turn = new(1, 1);
    private GatewayToken? _token;

    /// <summary>Returns a usable token, or what the gateway answered instead of one.</summary>
    public async Task<(GatewayToken? Token, GatewayAnswer? Refusal)> TokenAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            if (_token is { } kept && kept.UsableUntil > clock.GetUtcNow())
            {
                return (kept, null);
            }

            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(settings.ReceiveGateway, "/login"));
            request.Headers.Add("x-api-key", settings.ApiKey);
            request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
            request.Content = JsonContent.Create(new { username = settings.Username, password = settings.Password });
            using var response = await http.SendAsync(request, cancellationToken);
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken);
            if (!response.IsSuccessStatusCode)
            {
                return (null, new GatewayAnswer((int)response.StatusCode, response.Content.Headers.ContentType?.ToString(), body));
            }

            _token = Parse(body);
            return (_token, null);
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Drops a token that the gateway refused, unless somebody has already got a newer one.</summary>
    public void Forget(GatewayToken refused) => Interlocked.CompareExchange(ref _token, null, refused);

    public void Dispose() => _turn.Dispose();

    private GatewayToken Parse(byte[] body)
    {
        using var answer = JsonDocument.Parse(body);
        var lifetime = TimeSpan.FromSeconds(answer.RootElement.GetProperty("expires_in").GetInt32());
        return new GatewayToken(answer.RootElement.GetProperty("access_token").GetString()!, clock.GetUtcNow() + lifetime - Margin);
    }
}
