namespace EnergyLoad.Local.Tests;

/// <summary>Waits for something that happens in another process or thread, up to a deadline.</summary>
internal static class Poll
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(60);

    public static Task UntilAsync(Func<bool> condition) => UntilAsync(() => Task.FromResult(condition()));

    public static async Task UntilAsync(Func<Task<bool>> condition)
    {
        using var deadline = new CancellationTokenSource(Limit);
        while (!await condition())
        {
            await Task.Delay(10, deadline.Token);
        }
    }
}
