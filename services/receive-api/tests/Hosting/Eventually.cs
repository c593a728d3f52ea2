namespace EnergyLoad.ReceiveApi.Tests.Hosting;

/// <summary>Waits for what happens on another thread or in another process, up to a deadline.</summary>
internal static class Eventually
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(30);

    public static async Task<T> GetAsync<T>(Func<Task<T>> read, Func<T, bool> isDone)
    {
        using var deadline = new CancellationTokenSource(Limit);
        while (true)
        {
            var value = await read();
            if (isDone(value))
            {
                return value;
            }

            Assert.False(deadline.IsCancellationRequested, $"Still {value} after {Limit.TotalSeconds} s.");
            await Task.Delay(20);
        }
    }

    public static Task HoldsAsync(Func<Task<bool>> condition) => GetAsync(condition, holds => holds);
}
