using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Nodes;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>Has the stand-in sign what no login has issued, with the true key of the signing account.</summary>
internal sealed class TokenForge(StackDescription stack) : IDisposable
{
    private readonly HttpClient _http = new();

    private string Issuer => stack.Callers["tasks"].Replace("tasks-invoker", "edm-tokens", StringComparison.Ordinal);

    /// <summary>Claims as a login would write them, of a session that there is not.</summary>
    public JsonObject Claims(DateTimeOffset expires) => new()
    {
        ["iss"] = Issuer,
        ["sub"] = Issuer,
        ["email"] = Issuer,
        ["aud"] = stack.SendGateway.ToString().TrimEnd('/'),
        ["iat"] = expires.AddHours(-1).ToUnixTimeSeconds(),
        ["exp"] = expires.ToUnixTimeSeconds(),
        ["user_id"] = $"{Guid.NewGuid()}",
        ["allowed_for"] = new JsonArray("root"),
        ["jti"] = $"{Guid.NewGuid()}",
        ["ver"] = 1,
    };

    public async Task<string> SignAsync(JsonObject claims)
    {
        var signing = new Uri(stack.Google, $"/v1/projects/-/serviceAccounts/{Uri.EscapeDataString(Issuer)}:signJwt");
        using var request = new HttpRequestMessage(HttpMethod.Post, signing);
        request.Content = JsonContent.Create(new { payload = claims.ToJsonString() });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await StandInAccess.TokenAsync(stack));
        using var answer = await _http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("signedJwt").GetString()!;
    }

    public void Dispose() => _http.Dispose();
}
