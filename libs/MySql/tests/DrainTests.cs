using EnergyLoad.Testing;
using Microsoft.Extensions.Logging.Abstractions;

namespace EnergyLoad.MySql.Tests;

public sealed class DrainTests(TestDatabase server) : IClassFixture<TestDatabase>, IAsyncLifetime
{
    private const string Table = "test_drains";

    public Task InitializeAsync() => new Migrator(server.Database, NullLogger<Migrator>.Instance)
        .RunAsync(new("drains", [.. Drain.Steps(Table, 1, "armed", "lost", "hung", "late", "busy", "held")]), CancellationToken.None);

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Only_the_first_commit_after_idleness_sets_the_alarm()
    {
        using var drain = Make("armed");
        using var elsewhere = Make("armed");

        Assert.True(await drain.ArmAsync(CancellationToken.None));
        Assert.False(await drain.ArmAsync(CancellationToken.None));
        Assert.False(await elsewhere.ArmAsync(CancellationToken.None));
        await drain.RunAsync(_ => Task.FromResult(false), CancellationToken.None);
        Assert.True(await elsewhere.ArmAsync(CancellationToken.None));
    }

    [Fact]
    public async Task An_alarm_that_was_lost_is_set_again_by_a_later_commit()
    {
        using var drain = new Drain(server.Database, new DrainOptions(Table, "lost") { ArmedSeconds = 1 }, TimeProvider.System);

        Assert.True(await drain.ArmAsync(CancellationToken.None));
        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!await drain.ArmAsync(CancellationToken.None))
        {
            Assert.True(DateTime.UtcNow < deadline, "It stayed armed for ever.");
            await Task.Delay(50);
        }
    }

    [Fact]
    public async Task A_run_that_hangs_is_not_believed_for_longer_than_an_armed_drain()
    {
        using var drain = new Drain(server.Database, new DrainOptions(Table, "hung") { ArmedSeconds = 1 }, TimeProvider.System);
        var running = new TaskCompletionSource();
        var hung = new TaskCompletionSource<bool>();
        var run = drain.RunAsync(
            _ =>
            {
                running.TrySetResult();
                return hung.Task;
            },
            CancellationToken.None);
        await running.Task;

        var deadline = DateTime.UtcNow.AddSeconds(30);
        while (!await drain.ArmAsync(CancellationToken.None))
        {
            Assert.True(DateTime.UtcNow < deadline, "It was believed for ever.");
            await Task.Delay(50);
        }

        hung.SetResult(false);
        await run;
    }

    [Fact]
    public async Task Work_committed_after_the_drain_went_idle_is_seen_by_its_last_look_or_sets_the_alarm()
    {
        using var drain = new Drain(
            server.Database,
            new DrainOptions(Table, "late") { Linger = TimeSpan.FromMilliseconds(20), Poll = TimeSpan.FromMilliseconds(1) },
            TimeProvider.System);
        var work = 0;
        var done = 0;
        for (var round = 0; round < 25; round++)
        {
            var run = drain.RunAsync(
                _ =>
                {
                    var taken = Interlocked.Exchange(ref work, 0);
                    done += taken;
                    return Task.FromResult(taken > 0);
                },
                CancellationToken.None);
            Interlocked.Increment(ref work);
            var alarm = await drain.ArmAsync(CancellationToken.None);
            await run;
            Assert.True(Volatile.Read(ref work) == 0 || alarm, "Work was left with nobody to look for it.");
        }

        Assert.InRange(done, 1, 25);
    }

    [Fact]
    public async Task A_run_that_is_out_of_time_says_so()
    {
        using var drain = new Drain(
            server.Database, new DrainOptions(Table, "busy") { LongestRun = TimeSpan.FromMilliseconds(50) }, TimeProvider.System);

        Assert.Equal(DrainEnd.OutOfTime, await drain.RunAsync(_ => Task.FromResult(true), CancellationToken.None));
    }

    [Fact]
    public async Task A_run_goes_on_as_long_as_somebody_commits_although_nothing_can_be_done()
    {
        var linger = TimeSpan.FromMilliseconds(50);
        using var drain = new Drain(server.Database, new DrainOptions(Table, "held") { Linger = linger }, TimeProvider.System);
        var started = TimeProvider.System.GetTimestamp();

        var end = await drain.RunAsync(
            _ =>
            {
                if (TimeProvider.System.GetElapsedTime(started) < 5 * linger)
                {
                    drain.Nudge();
                }

                return Task.FromResult(false);
            },
            CancellationToken.None);

        Assert.Equal((DrainEnd.Empty, true), (end, TimeProvider.System.GetElapsedTime(started) >= 5 * linger));
    }

    [Fact]
    public async Task Of_three_runs_at_once_the_third_leaves_the_alarm_to_the_others()
    {
        using var drain = Make("three");
        var held = new TaskCompletionSource<bool>();
        var first = drain.RunAsync(_ => held.Task, CancellationToken.None);
        var second = drain.RunAsync(_ => Task.FromResult(false), CancellationToken.None);

        Assert.Equal(DrainEnd.LeftToAnother, await drain.RunAsync(_ => Task.FromResult(true), CancellationToken.None));

        held.SetResult(false);
        Assert.Equal([DrainEnd.Empty, DrainEnd.Empty], await Task.WhenAll(first, second));
    }

    private Drain Make(string name) =>
        new(server.Database, new DrainOptions(Table, name) { Linger = TimeSpan.FromMilliseconds(10) }, TimeProvider.System);
}
