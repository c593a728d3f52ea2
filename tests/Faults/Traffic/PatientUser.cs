using System.Net;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Traffic;

/// <summary>A client that no fault stops: it has an answer or none, and logs in again when its token is refused.</summary>
internal sealed class PatientUser(Uri gateway, string apiKey, StackUser user) : IDisposable
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);
    private GatewayUser? _user;

    public async Task<ClientAnswer> PostAsync(string path, string body)
    {
        using var patience = new CancellationTokenSource(Timeout);
        try
        {
            _user ??= await GatewayUser.LoginAsync(gateway, apiKey, user).WaitAsync(patience.Token);
            using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative));
            request.Content = new StringContent(body, Encoding.UTF8, "application/json");
            using var answer = await _user.SendAsync(request).WaitAsync(patience.Token);
            var text = await answer.Content.ReadAsStringAsync(patience.Token);
            if (answer.StatusCode == HttpStatusCode.Unauthorized)
            {
                _user.Dispose();
                _user = null;
            }

            return new ClientAnswer(answer.StatusCode, Parse(text));
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException or OperationCanceledException)
        {
            return default;
        }
    }

    public void Dispose() => _user?.Dispose();

    // A gateway that loses its backend answers in plain text.
    private static JsonElement Parse(string text)
    {
        try
        {
            return JsonElement.Parse(text);
        }
        catch (JsonException)
        {
            return JsonSerializer.SerializeToElement(text);
        }
    }
}
