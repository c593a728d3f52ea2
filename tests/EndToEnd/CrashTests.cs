using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

[Collection(KilledStack.Name)]
public sealed class CrashTests(KilledStack stack)
{
    private const int Messages = 600;
    private const int KilledAfter = 200;

    [Fact]
    public async Task A_message_that_got_its_202_reaches_esight_although_send_api_is_killed_in_the_middle()
    {
        var description = stack.Description;
        using var http = new HttpClient();
        await http.PutAsJsonAsync(new Uri(description.Esight, "/control/sites"), new[] { "LU_CRASH" });
        await http.PutAsJsonAsync(
            new Uri(description.Esight, "/control/meters"), Enumerable.Range(0, 20).Select(n => $"LU_CRASH_Elec_{n}"));
        using var sender = await GatewayUser.LoginAsync(
            description.SendGateway, description.ApiKeys["internal"], description.Users["sender"]);
        var accepted = new ConcurrentBag<string>();
        var killed = 0;

        await Parallel.ForEachAsync(Enumerable.Range(0, Messages), new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (n, _) =>
        {
            if (accepted.Count >= KilledAfter && Interlocked.Exchange(ref killed, 1) == 0)
            {
                using var service = Process.GetProcessById(description.Pids.SendApi[0]);
                service.Kill();
            }

            if (await PushAsync(sender, n) is { } outgoing)
            {
                accepted.Add(outgoing);
            }
        });

        Assert.Equal(1, killed);
        Assert.InRange(accepted.Count, KilledAfter, Messages);
        var received = await Eventually.GetAsync(
            () => ReceivedAsync(http, description.Esight), books => accepted.All(books.Contains), TimeSpan.FromMinutes(2));
        Assert.Superset(accepted.ToHashSet(), received);
        await Eventually.GetAsync(
            () => Task.FromResult(stack.ReadDescription().Pids.SendApi[0]), pid => pid != description.Pids.SendApi[0]);
    }

    /// <summary>The outgoing id of a message that got its 202; null when the push failed, which the crash may cause.</summary>
    private static async Task<string?> PushAsync(GatewayUser sender, int n)
    {
        var day = new MeterDay(
            new MeterFile("crash", "lu", "electricity", "CRASH", $"LU_CRASH_Elec_{n % 20}"), "2022-10-01", [($"2022-10-01T{n / 60:00}:{n % 60:00}:00Z", "1.5")]);
        var messageId = $"{day.MessageId}_{n}";
        try
        {
            using var answer = await sender.PushAsync(day.ToJson().Replace(day.MessageId, messageId, StringComparison.Ordinal));
            if (answer.StatusCode != HttpStatusCode.Accepted && answer.StatusCode != HttpStatusCode.OK)
            {
                return null;
            }

            var result = await answer.Content.ReadFromJsonAsync<JsonElement>();
            return $"{messageId}_{result.GetProperty("sendId").GetString()}";
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    private static async Task<HashSet<string>> ReceivedAsync(HttpClient http, Uri esight)
    {
        var lines = await http.GetStringAsync(new Uri(esight, "/control/messages"));
        return [.. lines.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonSerializer.Deserialize<JsonElement>(line).GetProperty("messageId").GetString()!)];
    }
}
