using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

[Collection(TwoOfEach.Name)]
public sealed class RealReadingsTests(TwoOfEach stack)
{
    private const int Pushers = 16;

    [Fact]
    public async Task Every_reading_of_every_day_reaches_esight_exactly_as_written_and_the_ledger_balances()
    {
        var days = MeterFile.All.SelectMany(file => file.Days()).ToArray();
        var description = stack.Description;
        using var http = new HttpClient();
        await PutCodesAsync(http, description);
        using var sender = await GatewayUser.LoginAsync(
            description.SendGateway, description.ApiKeys["internal"], description.Users["sender"]);
        var accepted = new Dictionary<string, string>();

        await Parallel.ForEachAsync(days, new ParallelOptions { MaxDegreeOfParallelism = Pushers }, async (day, token) =>
        {
            using var answer = await sender.PushAsync(day.ToJson());
            Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
            var result = await answer.Content.ReadFromJsonAsync<JsonElement>(token);
            lock (accepted)
            {
                accepted.Add(day.MessageId, result.GetProperty("sendId").GetString()!);
            }
        });

        var books = await Eventually.GetAsync(
            () => ReadBooksAsync(http, description), read => read.Count >= days.Length, TimeSpan.FromMinutes(2));
        foreach (var day in days)
        {
            var outgoing = $"{day.MessageId}_{accepted[day.MessageId]}";
            var expected = day.ToJson().Replace($"\"{day.MessageId}\"", $"\"{outgoing}\"", StringComparison.Ordinal);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(expected))), books[outgoing].ToLowerInvariant());
        }

        Assert.Equal(days.Length, books.Count);
        await AssertLedgerAsync(description, days.Length, days.Sum(day => day.Rows.Count));
    }

    private static async Task PutCodesAsync(HttpClient http, StackDescription stack)
    {
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/sites"), MeterFile.All.Select(file => file.SiteCode).Distinct());
        await http.PutAsJsonAsync(new Uri(stack.Esight, "/control/meters"), MeterFile.All.Select(file => file.Meter));
    }

    /// <summary>e-Sight's own books: the hash of each body that it received, by outgoing messageId.</summary>
    private static async Task<Dictionary<string, string>> ReadBooksAsync(HttpClient http, StackDescription stack)
    {
        var lines = await http.GetStringAsync(new Uri(stack.Esight, "/control/messages"));
        return lines.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonSerializer.Deserialize<JsonElement>(line))
            .ToDictionary(line => line.GetProperty("messageId").GetString()!, line => line.GetProperty("sha256").GetString()!);
    }

    private static async Task AssertLedgerAsync(StackDescription stack, int messages, int readings)
    {
        using var backoffice = await GatewayUser.LoginAsync(stack.SendGateway, stack.ApiKeys["internal"], stack.Users["backoffice"]);
        var ledger = await Eventually.GetAsync(
            () => backoffice.GetAsync("/api/v1/service/send/ledger?groupBy=feed"), read =>
                Count(read.GetProperty("total"), "messages", "pending") == 0);

        var total = ledger.GetProperty("total");
        Assert.True(ledger.GetProperty("balanced").GetBoolean());
        Assert.Equal(messages, Count(total, "messages", "accepted"));
        Assert.Equal(readings, Count(total, "readings", "accepted"));
        Assert.Equal(messages, Count(total, "messages", "delivered") + Count(total, "messages", "settled"));
        Assert.Equal(readings, Count(total, "readings", "delivered") + Count(total, "readings", "settled"));
        Assert.Equal(
            ["electricity", "gas"], ledger.GetProperty("groups").EnumerateArray().Select(group => group.GetProperty("feed").GetString()));
    }

    private static long Count(JsonElement side, string unit, string state) => side.GetProperty(unit).GetProperty(state).GetInt64();
}
