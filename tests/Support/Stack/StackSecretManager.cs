using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace EnergyLoad.Testing.Stack;

/// <summary>Secret Manager of a running stack, as an operator uses it: reads the newest version of a secret, adds another.</summary>
public sealed class StackSecretManager : IDisposable
{
    // Where send-api's metadata server stands beside the stand-in.
    private const int Metadata = 2;
    private readonly HttpClient _http = new();
    private readonly Uri _google;

    private StackSecretManager(Uri google) => _google = google;

    /// <summary>Gets an access token as send-api's account does.</summary>
    /// <param name="stack">The stack.</param>
    public static async Task<StackSecretManager> ConnectAsync(StackDescription stack)
    {
        ArgumentNullException.ThrowIfNull(stack);
        var secrets = new StackSecretManager(stack.Google);
        var address = new UriBuilder(stack.Google)
        {
            Port = stack.Google.Port + Metadata,
            Path = "/computeMetadata/v1/instance/service-accounts/default/token",
        };
        using var request = new HttpRequestMessage(HttpMethod.Get, address.Uri) { Headers = { { "Metadata-Flavor", "Google" } } };
        using var answer = await secrets._http.SendAsync(request);
        var token = (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("access_token").GetString();
        secrets._http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return secrets;
    }

    /// <summary>The newest version's JSON.</summary>
    /// <param name="secret">The secret's name.</param>
    public async Task<JsonElement> AccessAsync(string secret)
    {
        var answer = await _http.GetFromJsonAsync<JsonElement>(AddressOf($"{secret}/versions/latest:access"));
        return JsonElement.Parse(answer.GetProperty("payload").GetProperty("data").GetBytesFromBase64());
    }

    /// <summary>Adds a version; the ones before stay enabled.</summary>
    /// <param name="secret">The secret's name.</param>
    /// <param name="value">What becomes its JSON.</param>
    public async Task AddVersionAsync(string secret, object value)
    {
        var data = JsonSerializer.SerializeToUtf8Bytes(value, JsonSerializerOptions.Web);
        using var answer = await _http.PostAsJsonAsync(AddressOf($"{secret}:addVersion"), new { payload = new { data } });
        answer.EnsureSuccessStatusCode();
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private Uri AddressOf(string path) => new(_google, $"/v1/projects/energyload-local/secrets/{path}");
}
