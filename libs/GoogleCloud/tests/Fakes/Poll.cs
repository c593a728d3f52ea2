using System.Diagnostics;

namespace EnergyLoad.GoogleCloud.Tests.Fakes;

internal static class Poll
{
    public static async Task UntilAsync(Func<bool> happened)
    {
        var started = Stopwatch.GetTimestamp();
        while (!happened())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < TimeSpan.FromSeconds(20), "It did not happen within 20 s.");
            await Task.Delay(20);
        }
    }
}
