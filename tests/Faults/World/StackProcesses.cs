using System.Runtime.InteropServices;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.World;

/// <summary>The stack's processes, as they can be killed, halted and let go on.</summary>
internal sealed partial class StackProcesses(RunningStack stack)
{
    private const int SigKill = 9;
    private const int SigStop = 19;
    private const int SigContinue = 18;
    private static readonly TimeSpan RestartPatience = TimeSpan.FromSeconds(60);

    /// <summary>How many processes of this role there are.</summary>
    public int Count(Role role) => PidsOf(stack.ReadDescription().Pids, role).Count;

    /// <summary>kill -9. A process that is already gone is being restarted.</summary>
    public void Kill(Role role, int instance = 0) => Signal(role, instance, SigKill);

    public void KillAll(Role role)
    {
        for (var instance = 0; instance < Count(role); instance++)
        {
            Kill(role, instance);
        }
    }

    /// <summary>SIGSTOP for as long as the work takes; connections stay open and nobody answers.</summary>
    public async Task HaltAsync(Role role, int instance, Func<Task> meanwhile)
    {
        var pid = PidOf(role, instance);
        _ = SendSignal(pid, SigStop);
        try
        {
            await meanwhile();
        }
        finally
        {
            _ = SendSignal(pid, SigContinue);
        }
    }

    /// <summary>Kills it and waits until the launcher has started another.</summary>
    public async Task ReplaceAsync(Role role, int instance = 0)
    {
        var former = PidOf(role, instance);
        _ = SendSignal(former, SigKill);
        await Eventually.GetAsync(() => Task.FromResult(PidOf(role, instance)), pid => pid != former, RestartPatience);
    }

    public int PidOf(Role role, int instance) => PidsOf(stack.ReadDescription().Pids, role)[instance];

    private static IReadOnlyList<int> PidsOf(StackPids pids, Role role) => role switch
    {
        Role.SendApi => pids.SendApi,
        Role.ReceiveApi => pids.ReceiveApi,
        Role.SendGateway => [pids.SendGateway],
        Role.ReceiveGateway => [pids.ReceiveGateway],
        Role.ESight => [pids.Esight],
        Role.Google => [pids.Google],
        Role.MariaDb => [pids.Mariadb!.Value],
    };

    private void Signal(Role role, int instance, int signal) => _ = SendSignal(PidOf(role, instance), signal);

    [LibraryImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int SendSignal(int processId, int signal);
}
