using System.Net;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.SendApi.Tests.Hosting;

namespace EnergyLoad.SendApi.Tests.Outcomes;

/// <summary>A wake-up comes again when its run broke off; who knew what had become of the messages may be another process, or gone.</summary>
public sealed class BrokenRunTests(SendWorld world) : IClassFixture<SendWorld>
{
    private const string Meter = "broken-run";

    private const string Deliver =
        "UPDATE messages SET state = @state, due_at = '9999-12-31', settles_at = UTC_TIMESTAMP(6) + INTERVAL 1 DAY WHERE id = @id";

    [Fact]
    public async Task What_nobody_tells_the_search_is_found_by_the_wake_up_that_comes_again()
    {
        // The first run of a process looks back in any case.
        await WakeAsync(retries: 0);
        var id = await world.Rooms.AcceptAsync(new(Meter) { Meter = Meter });
        await world.Rooms.ProjectAsync();
        await world.Rooms.ExecuteAsync(Deliver, new { state = (int)MessageState.Delivered, id = id.ToBytes() });

        await WakeAsync(retries: 1);

        var found = await world.GetAsync($"{SendWorld.Send}?meter={Meter}&state=delivered");
        Assert.Equal(id.ToString(), Assert.Single(found.GetProperty("items").EnumerateArray()).GetProperty("sendId").GetString());
    }

    private async Task WakeAsync(int retries)
    {
        using var request = await world.RequestAsync(HttpMethod.Post, "/internal/tasks/drain", user: null, "tasks-invoker");
        request.Headers.Add("X-CloudTasks-TaskRetryCount", $"{retries}");
        using var woken = await world.SendAsync(request);
        Assert.Equal(HttpStatusCode.NoContent, woken.StatusCode);
    }
}
