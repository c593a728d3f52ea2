using EnergyLoad.Local.Google.Control;

namespace EnergyLoad.Local.Google.Dispatch;

/// <summary>Takes what is due and works on so many at once, while its surface is not paused.</summary>
internal static class Pump
{
    public static async Task RunAsync<T>(
        DueQueue<T> queue, int atOnce, Controls controls, Func<T, CancellationToken, Task> work, CancellationToken cancellationToken)
    {
        using var slots = new SemaphoreSlim(atOnce);
        var running = new HashSet<Task>();
        try
        {
            while (true)
            {
                await slots.WaitAsync(cancellationToken);
                await controls.WhenRunningAsync(cancellationToken);
                var item = await queue.TakeAsync(cancellationToken);
                await controls.WhenRunningAsync(cancellationToken);
                await ForgetFinishedAsync(running);
                running.Add(WorkAsync(item));
            }
        }
        finally
        {
            await Task.WhenAll(running);
        }

        // A fault is none that Google has: it ends the stand-in, where everybody sees it.
        static async Task ForgetFinishedAsync(HashSet<Task> running)
        {
            foreach (var finished in running.Where(task => task.IsCompleted).ToList())
            {
                running.Remove(finished);
                await finished;
            }
        }

        async Task WorkAsync(T item)
        {
            try
            {
                await work(item, cancellationToken);
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                // Stopping: what was under way is lost or delivered again, as it would be at Google.
            }
            finally
            {
                slots.Release();
            }
        }
    }
}
