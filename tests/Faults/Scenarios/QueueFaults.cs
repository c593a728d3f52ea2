using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>Cloud Tasks and Pub/Sub that lose, repeat, delay and mix up.</summary>
internal static class QueueFaults
{
    public static IEnumerable<Scenario> All =>
    [
        new("tasks-lost", injection => SpoilAsync(injection, GoogleControl.Tasks, new { drop = injection.Random.Next(5, 50) })),
        new("tasks-doubled", injection => SpoilAsync(injection, GoogleControl.Tasks, new { duplicate = injection.Random.Next(5, 50) })),
        new("tasks-late", injection => SpoilAsync(injection, GoogleControl.Tasks, new { delayMs = injection.Random.Next(500, 4_000) })),
        new("pubsub-lost", injection => SpoilAsync(injection, GoogleControl.PubSub, new { drop = injection.Random.Next(5, 50) })),
        new("pubsub-doubled", injection => SpoilAsync(injection, GoogleControl.PubSub, new { duplicate = injection.Random.Next(5, 50) })),
        new("pubsub-out-of-order", OutOfOrderAsync),
        new("queues-stand-still", StandStillAsync),
    ];

    private static async Task SpoilAsync(Injection injection, string surface, object change)
    {
        await injection.MomentAsync();
        await injection.World.Google.SetAsync(surface, change);
        await injection.MomentAsync();
        await injection.LastAsync(2_000, 5_000);
        await HealAsync(injection);
    }

    // What is enqueued while the delay is long is overtaken by what comes after.
    private static async Task OutOfOrderAsync(Injection injection)
    {
        foreach (var delay in new[] { 3_000, 0, 1_500, 0, 700 })
        {
            await injection.World.Google.SetAsync(GoogleControl.PubSub, new { delayMs = delay });
            await injection.World.Google.SetAsync(GoogleControl.Tasks, new { delayMs = 700 - (delay / 5) });
            await injection.MomentAsync();
        }

        await HealAsync(injection);
    }

    private static async Task StandStillAsync(Injection injection)
    {
        await injection.World.Google.SetAsync(GoogleControl.Tasks, new { pause = true });
        await injection.World.Google.SetAsync(GoogleControl.PubSub, new { pause = true });
        await injection.MomentAsync();
        await injection.LastAsync(2_000, 5_000);
        await HealAsync(injection);
    }

    // A lost alarm is made good by the minute's sweep; here it comes at once.
    private static async Task HealAsync(Injection injection)
    {
        await injection.World.Google.CalmAsync();
        await injection.World.Google.SweepAsync();
    }
}
