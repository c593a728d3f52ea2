using System.Diagnostics;

namespace EnergyLoad.Contract.Tests.Endpoints;

internal static class Poll
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(40);

    public static Task UntilAsync(Func<bool> happened) => UntilAsync(() => Task.FromResult(happened()));

    public static async Task UntilAsync(Func<Task<bool>> happened)
    {
        var started = Stopwatch.GetTimestamp();
        while (!await happened())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < Patience, $"It did not happen within {Patience.TotalSeconds} s.");
            await Task.Delay(30);
        }
    }
}
