using System.Collections.Concurrent;
using System.Diagnostics;

namespace EnergyLoad.Local.MariaDb.Processes;

/// <summary>
/// Starts every child from one thread that lives as long as this process: the kernel sends a child its parent-death
/// signal when the thread that forked it ends (prctl(2), PR_SET_PDEATHSIG), and threads of the pool come and go.
/// </summary>
internal static class StarterThread
{
    private static readonly BlockingCollection<(ProcessStartInfo Info, TaskCompletionSource<Process> Started)> Orders = Open();

    public static Task<Process> StartAsync(ProcessStartInfo info)
    {
        var started = new TaskCompletionSource<Process>(TaskCreationOptions.RunContinuationsAsynchronously);
        Orders.Add((info, started));
        return started.Task;
    }

    private static BlockingCollection<(ProcessStartInfo, TaskCompletionSource<Process>)> Open()
    {
        var orders = new BlockingCollection<(ProcessStartInfo, TaskCompletionSource<Process>)>();
        new Thread(() => Serve(orders)) { IsBackground = true, Name = "child starter" }.Start();
        return orders;
    }

    private static void Serve(BlockingCollection<(ProcessStartInfo, TaskCompletionSource<Process>)> orders)
    {
        foreach (var (info, started) in orders.GetConsumingEnumerable())
        {
            try
            {
                started.SetResult(Process.Start(info)!);
            }
            catch (Exception exception) when (exception is System.ComponentModel.Win32Exception or InvalidOperationException)
            {
                started.SetException(exception);
            }
        }
    }
}
