using System.Threading.Channels;
using EnergyLoad.Local.Launcher.Starting;
using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.Local.Tests.Launcher;

public sealed class SupervisedTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly Channel<string> _told = Channel.CreateUnbounded<string>();
    private int _fileWrites;

    [Fact]
    public async Task A_process_that_is_killed_is_started_again_and_told_of_with_its_new_id()
    {
        await using var supervised = Sleeper();
        await supervised.StartAsync(CancellationToken.None);
        var first = supervised.Id;

        Kill(first);

        Assert.Contains("died", await NextAsync(), StringComparison.Ordinal);
        Assert.Contains("runs again", await NextAsync(), StringComparison.Ordinal);
        Assert.NotEqual(first, supervised.Id);
        Assert.True(Signals.IsAlive(supervised.Id));
        Assert.Equal(1, _fileWrites);
    }

    [Fact]
    public async Task A_process_that_is_stopped_stays_stopped()
    {
        var supervised = Sleeper();
        await supervised.StartAsync(CancellationToken.None);

        await supervised.DisposeAsync();

        Assert.False(Signals.IsAlive(supervised.Id));
        Assert.False(_told.Reader.TryRead(out _));
    }

    [Fact]
    public async Task A_start_that_fails_again_is_tried_until_it_succeeds()
    {
        var starts = 0;
        await using var supervised = new Supervised(
            "sleeper", _ => ++starts is 2 or 3 ? throw new InvalidOperationException("not yet") : StartAsync(), Events());
        await supervised.StartAsync(CancellationToken.None);

        Kill(supervised.Id);

        Assert.Contains("died", await NextAsync(), StringComparison.Ordinal);
        Assert.Contains("not yet", await NextAsync(), StringComparison.Ordinal);
        Assert.Contains("not yet", await NextAsync(), StringComparison.Ordinal);
        Assert.Contains("runs again", await NextAsync(), StringComparison.Ordinal);
    }

    private static void Kill(int processId)
    {
        using var process = System.Diagnostics.Process.GetProcessById(processId);
        process.Kill();
    }

    private static async Task<Running> StartAsync()
    {
        var child = await ChildProcess.StartAsync(new ChildProcessOptions { Program = "sleep", Arguments = ["60"] });
        return Running.Of(child, Task.CompletedTask, Patience);
    }

    private Supervised Sleeper() => new("sleeper", _ => StartAsync(), Events());

    private StackEvents Events() => new(text => _told.Writer.TryWrite(text), () => Interlocked.Increment(ref _fileWrites));

    private async Task<string> NextAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        return await _told.Reader.ReadAsync(patience.Token);
    }
}
