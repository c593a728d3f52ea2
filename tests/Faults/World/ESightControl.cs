using System.Net.Http.Json;
using System.Text.Json;

namespace EnergyLoad.Faults.Tests.World;

/// <summary>The e-Sight simulator: how it misbehaves, and what it got.</summary>
internal sealed class ESightControl(HttpClient http, Uri esight)
{
    public Task BehaveAsync(object rule) => SendAsync(HttpMethod.Post, "/control/behaviour", rule);

    public Task ForgetAsync() => SendAsync(HttpMethod.Delete, "/control/behaviour", null);

    public Task PutSitesAsync(params string[] codes) => SendAsync(HttpMethod.Put, "/control/sites", codes);

    public Task PutMetersAsync(IEnumerable<string> codes) => SendAsync(HttpMethod.Put, "/control/meters", codes);

    /// <summary>The POSTs of messages whose id starts so, in the order of their arrival.</summary>
    public Task<List<BookLine>> ReadAsync(string prefix) => Insist.OnAsync(async () =>
    {
        var lines = new List<BookLine>();
        var start = $"\"messageId\":\"{prefix}";
        using var reader = new StreamReader(await http.GetStreamAsync(new Uri(esight, "/control/messages")));
        while (await reader.ReadLineAsync() is { } line)
        {
            if (line.Contains(start, StringComparison.Ordinal))
            {
                lines.Add(JsonSerializer.Deserialize<BookLine>(line, JsonSerializerOptions.Web)!);
            }
        }

        return lines;
    });

    private Task SendAsync(HttpMethod method, string path, object? body) => Insist.OnAsync(async () =>
    {
        using var request =
            new HttpRequestMessage(method, new Uri(esight, path)) { Content = body is null ? null : JsonContent.Create(body) };
        using var answer = await http.SendAsync(request);
        answer.EnsureSuccessStatusCode();
        return true;
    });
}
