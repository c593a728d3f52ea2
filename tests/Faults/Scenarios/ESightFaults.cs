using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>e-Sight at its worst.</summary>
internal static class ESightFaults
{
    public static IEnumerable<Scenario> All =>
    [
        new("esight-5xx", injection => AnswersAsync(injection, 500, 502, 503, 504, 599)),
        new("esight-429", injection => BehavesAsync(injection, new { status = 429, retryAfter = 1 })),
        new("esight-is-slow", injection => BehavesAsync(injection, new { latencyMs = injection.Random.Next(500, 2_500) })),
        new("esight-resets-before-reading", injection => BehavesAsync(injection, new { drop = "beforeReading" })),
        new(
            "esight-resets-after-reading",
            injection => BehavesAsync(injection, new { drop = "beforeAnswer", latencyMs = injection.Random.Next(200) })),
        new("esight-answers-half", injection => BehavesAsync(injection, new { drop = "midAnswer" })),
        new("esight-hangs", HangsAsync),
        new("esight-blocks-us", injection => AnswersAsync(injection, 401, 403, 404, 302)),
        new("esight-lists-fail", ListsFailAsync),
    ];

    private static async Task AnswersAsync(Injection injection, params int[] statuses)
    {
        foreach (var _ in Enumerable.Range(0, 3))
        {
            await BehavesAsync(
                injection, new { status = statuses[injection.Random.Next(statuses.Length)], times = injection.Random.Next(5, 60) });
        }
    }

    private static async Task BehavesAsync(Injection injection, object rule)
    {
        await injection.MomentAsync();
        await injection.World.ESight.BehaveAsync(rule);
        await injection.MomentAsync();
        await injection.LastAsync(1_000, 3_000);
        await injection.World.CalmAsync();
    }

    // The kernel takes connections and nobody answers.
    private static async Task HangsAsync(Injection injection)
    {
        await injection.MomentAsync();
        await injection.World.Processes.HaltAsync(Role.ESight, 0, () => injection.LastAsync(3_000, 8_000));
    }

    private static async Task ListsFailAsync(Injection injection)
    {
        foreach (var path in new[] { "/token", "/sites", "/meters" })
        {
            await injection.World.ESight.BehaveAsync(new { status = 503, path, times = 5 });
        }

        await injection.World.Processes.ReplaceAsync(Role.SendApi, injection.Random.Next(2));
        injection.HitsRecords(1);
        await injection.MomentAsync();
    }
}
