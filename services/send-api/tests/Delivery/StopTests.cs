using EnergyLoad.SendApi.Accepting;
using EnergyLoad.SendApi.Outcomes;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.SendApi.Tests.Delivery;

public sealed class StopTests(TwoInstances world) : IClassFixture<TwoInstances>, IAsyncLifetime
{
    private const string IsFree =
        "SELECT owner = CAST('' AS BINARY(16)) AND due_at < UTC_TIMESTAMP(6) + INTERVAL 3 SECOND FROM messages WHERE id = @id";
    private const int LongerThanAnyStop = 120_000;

    public Task InitializeAsync() => world.ESight.ForgetBehaviourAsync();

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task What_is_being_posted_comes_to_its_end_and_is_recorded()
    {
        await world.ESight.BehaveAsync(new { latencyMs = 1_000, match = "finished", times = 1 });
        var id = await world.AcceptAsync(new("finished") { Readings = [("2022-10-02T00:00:00Z", "1")] });

        await StopWhilePostedAsync(id);

        Assert.Equal("delivered", await world.StateAsync(id));
        Assert.Equal(1, await world.ReadAsync<int>("SELECT COUNT(*) FROM attempts WHERE message_id = @id", new { id = id.ToBytes() }));
    }

    [Fact]
    public async Task A_post_that_outlives_the_stop_is_written_down_as_unknown_and_free_for_another_instance()
    {
        await world.ESight.BehaveAsync(new { latencyMs = LongerThanAnyStop, match = "outlived", times = 1 });
        var id = await world.AcceptAsync(new("outlived") { Readings = [("2022-10-03T00:00:00Z", "1")] });

        await StopWhilePostedAsync(id);

        Assert.True(await world.ReadAsync<bool>(IsFree, new { id = id.ToBytes() }));
        var status = (await world.Get<StatusStore>(1).FindAsync(id, CancellationToken.None))!;
        Assert.Equal(("accepted", "NoAnswer"), (status.State, status.Reason));
        Assert.Equal(["unknown"], status.Attempts.Select(attempt => attempt.Outcome));
    }

    /// <summary>Stops an instance while it posts a message, and waits until its wake-up has ended.</summary>
    private async Task StopWhilePostedAsync(SendId id)
    {
        using var stop = new CancellationTokenSource();
        var drain = world.DrainAsync(0, stop.Token);
        await Eventually.GetAsync(world.ESight.ReceivedAsync, all => all.Any(one => one.EndsWith($"{id}", StringComparison.Ordinal)));
        await stop.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => drain.WaitAsync(TimeSpan.FromSeconds(10)));
    }
}
