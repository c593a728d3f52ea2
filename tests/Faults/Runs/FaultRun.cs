using System.Diagnostics;
using EnergyLoad.Faults.Tests.Scenarios;
using EnergyLoad.Faults.Tests.World;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Runs;

/// <summary>Scenario after scenario, in an order and at moments of the seed's, until the time is over.</summary>
internal static class FaultRun
{
    /// <returns>The exit code: 0 when nothing was lost and every promise held.</returns>
    public static async Task<int> RunAsync(TimeSpan duration, int seed, string? only)
    {
        Console.WriteLine($"Seed {seed}, {duration.TotalMinutes:0.#} minutes. Starting the pair with two processes of each service …");
        var own = OwnStack.All.SingleOrDefault(own => own.Scenario.Name == only);
        if (own?.Missing() is { } missing)
        {
            await Console.Error.WriteLineAsync($"{only} {missing}.");
            return 2;
        }

        var results = await RunAsync(own?.Make() ?? new TwoInstances(), duration, seed, only);
        foreach (var another in OwnStack.All.Where(another => only is null && another.Missing() is null))
        {
            results.AddRange(await RunAsync(another.Make(), TimeSpan.Zero, seed, another.Scenario.Name));
        }

        return Sum(results, seed);
    }

    private static async Task<List<ScenarioResult>> RunAsync(RunningStack stack, TimeSpan duration, int seed, string? only)
    {
        await stack.InitializeAsync();
        try
        {
            using var world = new FaultWorld(stack);
            await world.PrepareAsync();
            return await RunAsync(world, duration, seed, only);
        }
        finally
        {
            await stack.DisposeAsync();
        }
    }

    private static async Task<List<ScenarioResult>> RunAsync(FaultWorld world, TimeSpan duration, int seed, string? only)
    {
        var clock = Stopwatch.StartNew();
        var results = new List<ScenarioResult>();
        var scenarios = only is null ? ScenarioList.InOrderOf(seed) : Enumerable.Repeat(ScenarioList.Named(only), int.MaxValue);
        foreach (var scenario in scenarios)
        {
            var result = await new ScenarioRun(world).RunAsync(scenario, seed + (results.Count * 101));
            results.Add(result);
            Console.WriteLine($"[{clock.Elapsed:mm\\:ss}] {result}");
            if (clock.Elapsed >= duration)
            {
                break;
            }
        }

        return results;
    }

    private static int Sum(List<ScenarioResult> results, int seed)
    {
        var lost = results.Sum(result => result.Verdict.Lost.Count);
        var broken = results.Where(result => !result.Verdict.Holds).Select(result => result.Name).ToArray();
        var kinds = results.Select(result => result.Name).Distinct().Count();
        var notProved = string.Concat(
            OwnStack.All.Select(own => own.Missing() is { } missing ? $"; not proved: {own.Scenario.Name}, which {missing}" : ""));
        var which = broken.Length == 0 ? "" : $"; broken: {string.Join(", ", broken)}";
        var reports = results.Sum(result => result.Verdict.Reports);
        var afterSilence = results.Sum(result => result.Verdict.AfterSilence);
        Console.WriteLine($"""

            seed        {seed}
            scenarios   {results.Count}, of {kinds} kinds{notProved}{which}
            accepted    {results.Sum(result => result.Verdict.Accepted)} messages, {reports} error reports
            lost        {lost}
            duplicates  {results.Sum(result => result.Verdict.Duplicates)}, of them {afterSilence} after an attempt without an answer
            """);
        return broken.Length == 0 ? 0 : 1;
    }
}
