using System.Data.Common;
using System.Diagnostics;
using EnergyLoad.Faults.Tests.Reckoning;
using EnergyLoad.Faults.Tests.Scenarios;
using EnergyLoad.Faults.Tests.Traffic;
using EnergyLoad.Faults.Tests.World;
using EnergyLoad.Hosting;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Runs;

/// <summary>Traffic, a fault in its middle, quiet, and the reckoning.</summary>
internal sealed class ScenarioRun(FaultWorld world)
{
    private static readonly TimeSpan QuietPatience = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(10);
    private static int _runs;

    public async Task<ScenarioResult> RunAsync(Scenario scenario, int seed)
    {
        await world.CalmAsync();
        await using var traffic = new TrafficRun(world, $"electricity_lu_{Interlocked.Increment(ref _runs)}x{seed}_", seed);
        await traffic.MoreAsync(20);
        var injection = new Injection(world, traffic, new Random(seed));
        var faults = new List<string>();
        try
        {
            await scenario.InjectAsync(injection);
        }
        catch (Exception exception) when (exception is TimeoutException or UnavailableException or DbException)
        {
            faults.Add($"the scenario did not come about: {exception.Message}");
        }

        await world.CalmAsync();
        var clock = Stopwatch.StartNew();
        await traffic.StopAsync();
        var books = new ServiceBooks(world, traffic);
        var (left, lastMoved) = await AwaitQuietAsync(books);
        var quiet = clock.Elapsed;
        if (quiet > Slow)
        {
            injection.Notes.Add($"what moved last: {lastMoved}");
        }

        var verdict = await new Reckoner(world, traffic, injection).ReckonAsync();
        faults.AddRange(left.IsQuiet ? [] : [$"not quiet after {QuietPatience.TotalMinutes:0} minutes: {left}"]);
        faults.AddRange(await Ledger.CheckAsync(world, await books.TotalAsync()));
        faults.AddRange(await AuditTrail.VerifyAsync(world));
        var statuses = traffic.Books.Statuses.OrderBy(status => status.Key).Select(status => $"{status.Key}: {status.Value}");
        return new ScenarioResult(
            scenario.Name,
            verdict with { Broken = [.. verdict.Broken, .. faults] },
            quiet,
            injection.Notes,
            $"answers {string.Join(", ", statuses)}");
    }

    /// <summary>Waits until nothing moves, and keeps what was last seen to move.</summary>
    private static async Task<(Unfinished Left, Unfinished? LastMoved)> AwaitQuietAsync(ServiceBooks books)
    {
        Unfinished? moving = null;
        try
        {
            return (await Eventually.GetAsync(LookAsync, left => left.IsQuiet, QuietPatience), moving);
        }
        catch (TimeoutException)
        {
            return (moving!, moving);
        }

        async Task<Unfinished> LookAsync()
        {
            var left = await books.UnfinishedAsync();
            moving = left.IsQuiet ? moving : left;
            return left;
        }
    }
}
