using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace EnergyLoad.Local.Tests.ESight;

public sealed class ESightBooksTests(ESightWorld world) : IClassFixture<ESightWorld>
{
    [Fact]
    public async Task Each_post_has_a_line_with_its_digest_and_its_readings()
    {
        var body = ESightWorld.Message("electricity_lu_1", "1.50", "2E0", "0.00");

        (await world.PostAsync(body)).EnsureSuccessStatusCode();

        var line = await LineAsync("electricity_lu_1");
        Assert.Equal(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(body))), line.GetProperty("sha256").GetString());
        Assert.Equal(3, line.GetProperty("readings").GetInt32());
        Assert.Equal(200, line.GetProperty("status").GetInt32());
        Assert.InRange(DateTimeOffset.UtcNow - line.GetProperty("receivedAt").GetDateTimeOffset(), TimeSpan.Zero, TimeSpan.FromMinutes(1));
    }

    [Fact]
    public async Task Bodies_come_back_byte_for_byte()
    {
        var body = ESightWorld.Message("electricity_lu_büro_2", "1.10", "  0.3000000000000000000000001 ");

        (await world.PostAsync(body)).EnsureSuccessStatusCode();

        var line = (await world.LinesAsync("/control/messages/bodies")).Single(IsAbout("electricity_lu_büro_2"));
        Assert.Equal(body, Encoding.UTF8.GetString(line.GetProperty("body").GetBytesFromBase64()));
    }

    [Fact]
    public async Task The_books_survive_a_restart_and_go_on()
    {
        (await world.PostAsync(ESightWorld.Message("electricity_lu_before", "1"))).EnsureSuccessStatusCode();
        await world.RestartAsync();
        (await world.PostAsync(ESightWorld.Message("electricity_lu_after", "1"))).EnsureSuccessStatusCode();

        var ids = (await world.LinesAsync("/control/messages/bodies")).Select(line => line.GetProperty("messageId").GetString()).ToList();

        Assert.True(ids.IndexOf("electricity_lu_before") < ids.IndexOf("electricity_lu_after"));
        Assert.Contains("electricity_lu_before", ids);
    }

    [Fact]
    public async Task What_is_no_json_is_a_400_in_the_books()
    {
        Assert.Equal(400, (int)(await world.PostAsync("not json at all")).StatusCode);

        Assert.Equal(400, (await LineAsync("")).GetProperty("status").GetInt32());
    }

    [Fact]
    public async Task Many_messages_at_once_are_all_in_the_books()
    {
        var ids = Enumerable.Range(0, 2000).Select(number => $"heat_lu_{number}").ToHashSet();

        await Parallel.ForEachAsync(
            ids,
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (id, _) => (await world.PostAsync(ESightWorld.Message(id, "1", "2"))).EnsureSuccessStatusCode());

        var booked = (await world.LinesAsync()).Select(line => line.GetProperty("messageId").GetString()!)
            .Where(id => id.StartsWith("heat_", StringComparison.Ordinal)).ToList();
        Assert.Equal(2000, booked.Count);
        Assert.True(ids.SetEquals(booked));
    }

    private static Func<JsonElement, bool> IsAbout(string messageId) => line => line.GetProperty("messageId").GetString() == messageId;

    private async Task<JsonElement> LineAsync(string messageId) => (await world.LinesAsync()).Single(IsAbout(messageId));
}
