using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>What the tests of outcomes do again and again, through the gateways.</summary>
internal sealed class OutcomeWorld(RunningStack stack)
{
    public const string Send = "/api/v1/service/send";

    // All of them are made known at once: send-api reads e-Sight's lists anew no more often than every two seconds.
    private static readonly string[] Known = [.. Enumerable.Range(0, 100).Select(n => $"LU_OUTC_Elec_{n}")];
    private static int _given;

    public Task<GatewayUser> LoginAsync(string user) =>
        GatewayUser.LoginAsync(stack.Description.SendGateway, stack.Description.ApiKeys["internal"], stack.Description.Users[user]);

    /// <summary>A day of a meter that no other test has: one that e-Sight knows, unless told otherwise.</summary>
    public async Task<MeterDay> MeterAsync(bool known, params (string Instant, string Value)[] rows)
    {
        var meter = known ? Known[Interlocked.Increment(ref _given)] : $"LU_OUTC_{Guid.NewGuid():n}";
        var day = new MeterDay(new MeterFile(meter, "lu", "electricity", "OUTC", meter), "2022-10-01", rows);
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(stack.Description.Esight, "/control/sites"), new[] { day.File.SiteCode });
        await http.PutAsJsonAsync(new Uri(stack.Description.Esight, "/control/meters"), Known);
        return day;
    }

    public static async Task<string> PushAsync(GatewayUser sender, string message)
    {
        using var answer = await sender.PushAsync(message);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        return (await answer.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("sendId").GetString()!;
    }

    public static Task<JsonElement> UntilAsync(GatewayUser user, string sendId, string state) =>
        Eventually.GetAsync(() => user.GetAsync($"{Send}/{sendId}"), status => status.GetProperty("state").GetString() == state);

    /// <summary>Posts to a route and reads the answer.</summary>
    public static async Task<(HttpStatusCode Status, JsonElement Body)> PostAsync(GatewayUser user, string path, object? body = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri($"{Send}/{path}", UriKind.Relative));
        request.Content = body is null ? null : JsonContent.Create(body, options: JsonSerializerOptions.Web);
        using var answer = await user.SendAsync(request);
        return (answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>());
    }

    public async Task ReportAsync(string outgoingId, params object[] errors)
    {
        using var http = new HttpClient();
        using var answer = await http.PostAsJsonAsync(
            new Uri(stack.Description.Esight, "/control/error-report"), new { messageId = outgoingId, errors });
        answer.EnsureSuccessStatusCode();
    }

    /// <summary>The bytes that e-Sight received under messageIds that start so, in the order of their arrival.</summary>
    public async Task<IReadOnlyList<JsonElement>> ReceivedAsync(string messageId)
    {
        using var http = new HttpClient();
        var lines = await http.GetStringAsync(new Uri(stack.Description.Esight, "/control/messages"));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonElement.Parse(line))
            .Where(message => message.GetProperty("messageId").GetString()!.StartsWith(messageId, StringComparison.Ordinal))];
    }
}
