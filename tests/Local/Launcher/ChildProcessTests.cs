using EnergyLoad.Local.MariaDb.Processes;

namespace EnergyLoad.Local.Tests.Launcher;

public sealed class ChildProcessTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    [Fact]
    public async Task A_child_is_ready_when_it_says_so()
    {
        await using var child = await ShellAsync("echo starting; echo ready; exec sleep 60");
        await child.Ready.WaitAsync(Patience);
        Assert.False(child.Exited.IsCompleted);
    }

    [Fact]
    public async Task A_child_that_ends_before_it_is_ready_fails_those_who_wait_for_it()
    {
        await using var child = await ShellAsync("exit 7");
        Assert.Equal(7, await child.Exited.WaitAsync(Patience));
        var failure = await Assert.ThrowsAsync<InvalidOperationException>(() => child.Ready.WaitAsync(Patience));
        Assert.Contains("7", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_child_is_asked_first_and_ends_by_itself()
    {
        await using var child = await ShellAsync("trap 'exit 0' TERM; echo ready; while :; do sleep 0.05; done");
        await child.Ready.WaitAsync(Patience);
        Assert.True(await child.StopAsync(Patience));
        Assert.Equal(0, await child.Exited);
    }

    [Fact]
    public async Task A_child_that_does_not_listen_is_killed()
    {
        await using var child = await ShellAsync("trap '' TERM; echo ready; while :; do sleep 0.05; done");
        await child.Ready.WaitAsync(Patience);
        Assert.False(await child.StopAsync(TimeSpan.FromMilliseconds(100)));
        Assert.False(Signals.IsAlive(child.Id));
    }

    [Fact]
    public async Task A_childs_parent_is_this_process_itself_and_its_session_its_own()
    {
        await using var child = await ShellAsync("echo ready; exec sleep 60");
        await child.Ready.WaitAsync(Patience);
        var fields = (await File.ReadAllTextAsync($"/proc/{child.Id}/stat")).Split(' ');
        Assert.Equal($"{Environment.ProcessId}", fields[3]);
        Assert.Equal($"{child.Id}", fields[5]);
    }

    private static Task<ChildProcess> ShellAsync(string script) =>
        ChildProcess.StartAsync(new ChildProcessOptions { Program = "bash", Arguments = ["-c", script] });
}
