using System.Net;
using System.Text.Json;
using EnergyLoad.SendApi.Tests.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.SendApi.Tests.Model;

/// <summary>Whatever is done in whatever order: ledger, status and search say what a plain model says.</summary>
public sealed class RandomWalkTests : IAsyncLifetime
{
    private const int Steps = 200;
    private const int StepsBetweenLooks = 25;
    private readonly SendWorld _world = new();

    public RandomWalkTests()
    {
        _world.Rooms.Settings["Delivery:FirstDelayMilliseconds"] = "10";
        _world.Rooms.Settings["Delivery:LongestDelaySeconds"] = "1";
        _world.Rooms.Settings["Delivery:BreakerFailures"] = "10000";
    }

    public Task InitializeAsync() => _world.InitializeAsync();

    public Task DisposeAsync() => _world.DisposeAsync();

    [Theory]
    [InlineData(1)]
    [InlineData(2022)]
    [InlineData(930_417)]
    public async Task After_random_steps_the_books_equal_the_model(int seed)
    {
        var walk = new RandomWalk(_world, seed);
        for (var step = 1; step <= Steps; step++)
        {
            await walk.StepAsync();
            if (step % StepsBetweenLooks == 0)
            {
                await CompareLedgerAsync(walk);
            }
        }

        await CompareAsync(walk);
        await Eventually.GetAsync(
            async () =>
            {
                await walk.DeliverAsync(64, () => HttpStatusCode.OK);
                return walk.Messages.Count(message => message.IsPending);
            },
            pending => pending == 0);
        await CompareAsync(walk);
        Assert.True(walk.Messages.Select(message => message.State).ToHashSet().IsSupersetOf(["delivered", "rejected", "cancelled"]));
    }

    private async Task CompareAsync(RandomWalk walk)
    {
        await CompareLedgerAsync(walk);
        foreach (var message in walk.Messages)
        {
            var status = await _world.GetAsync($"{SendWorld.Send}/{message.SendId}", "sender");
            Assert.Equal(
                (message.MessageId, message.State, message.Attempts),
                (status.GetProperty("messageId").GetString(), status.GetProperty("state").GetString(), status.GetProperty("attempts").GetArrayLength()));
            Assert.Equal(
                message.ReadingStates,
                status.GetProperty("readings").EnumerateArray().Select(reading => reading.GetProperty("state").GetString()));
        }

        await _world.Rooms.ProjectAsync();
        foreach (var state in new[] { "", "&state=accepted", "&state=delivered", "&state=rejected", "&state=cancelled" })
        {
            var expected = walk.Messages.Where(message => state.EndsWith(message.State, StringComparison.Ordinal) || state.Length == 0);
            Assert.Equal(
                expected.Select(message => $"{message.SendId} {message.State}").Order(StringComparer.Ordinal),
                (await SearchAsync($"market={walk.Market}{state}")).Order(StringComparer.Ordinal));
        }
    }

    private async Task CompareLedgerAsync(RandomWalk walk)
    {
        var ledger = await _world.GetAsync($"{SendWorld.Send}/ledger?groupBy=market");
        var group = ledger.GetProperty("groups").EnumerateArray().Single(one => one.GetProperty("market").GetString() == walk.Market);
        Assert.True(group.GetProperty("balanced").GetBoolean());
        Assert.Equal(Count(walk.Messages.Select(message => message.State)), Count(group.GetProperty("messages")));
        Assert.Equal(Count(walk.Messages.SelectMany(message => message.ReadingStates)), Count(group.GetProperty("readings")));
    }

    private static string Count(IEnumerable<string> states)
    {
        var all = states.ToList();
        var counts = all.GroupBy(state => state == "accepted" ? "pending" : state).Select(group => $"{group.Key} {group.Count()}");
        return string.Join(", ", counts.Append($"accepted {all.Count}").Order(StringComparer.Ordinal));
    }

    private static string Count(JsonElement counts) => string.Join(
        ", ", counts.EnumerateObject().Where(count => count.Value.GetInt64() > 0).Select(count => $"{count.Name} {count.Value}").Order(StringComparer.Ordinal));

    private async Task<List<string>> SearchAsync(string query)
    {
        var found = new List<string>();
        string? cursor = null;
        do
        {
            var page = await _world.GetAsync(
                $"{SendWorld.Send}?{query}&limit=50{(cursor is null ? "" : $"&cursor={Uri.EscapeDataString(cursor)}")}", "sender");
            found.AddRange(page.GetProperty("items").EnumerateArray().Select(item => $"{item.GetProperty("sendId").GetString()} {item.GetProperty("state").GetString()}"));
            cursor = page.GetProperty("next").GetString();
        }
        while (cursor is not null);
        return found;
    }
}
