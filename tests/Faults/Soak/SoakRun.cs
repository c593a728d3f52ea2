using System.Diagnostics;
using System.Globalization;
using EnergyLoad.Faults.Tests.Runs;
using EnergyLoad.Faults.Tests.World;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Soak;

/// <summary>Half of the maximum for a quarter of an hour: nothing may grow that is not told to.</summary>
internal static class SoakRun
{
    private const string Waiting = "SELECT COUNT(*) FROM messages WHERE state = 0";
    private const string Sessions =
        "SELECT COUNT(*) FROM information_schema.processlist WHERE user LIKE 'edm-send-api%' OR user LIKE 'edm-receive-api%'";
    private const string FirstAttempts = """
        SELECT TIMESTAMPDIFF(MICROSECOND, m.accepted_at, a.at) FROM messages m JOIN attempts a ON a.message_id = m.id AND a.n = 1
        ORDER BY m.id DESC LIMIT 20000
        """;

    private const double WarmUpShare = 0.2;
    private static readonly TimeSpan Search = TimeSpan.FromSeconds(25);
    private static readonly TimeSpan DrainPatience = TimeSpan.FromMinutes(3);

    /// <returns>The exit code: 0 when every figure stayed flat.</returns>
    public static async Task<int> RunAsync(TimeSpan duration)
    {
        Console.WriteLine($"Soak of {duration.TotalMinutes:0.#} minutes. Starting the pair with two processes of each service …");
        var stack = new TwoInstances();
        await stack.InitializeAsync();
        try
        {
            using var world = new FaultWorld(stack);
            await world.PrepareAsync();
            using var sender = await LoginAsync(world.Stack.SendGateway, world.Stack, "sender");
            using var esight = await LoginAsync(world.Stack.ReceiveGateway, world.Stack, "esight");
            var load = new SteadyLoad(world.Stack, sender, esight);
            var half = await FindMaximumAsync(world, load) / 2;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Half of the maximum: {half:0} messages/s, each pushed by itself, one in twenty with an error report."));
            var samples = await SampleAsync(world, load, half, duration);
            await TellFirstAttemptsAsync(world);
            return Tell(samples, load);
        }
        finally
        {
            await stack.DisposeAsync();
        }
    }

    private static Task<GatewayUser> LoginAsync(Uri gateway, StackDescription stack, string user) =>
        GatewayUser.LoginAsync(gateway, stack.ApiKeys["internal"], stack.Users[user]);

    /// <summary>Messages a second that are accepted and delivered, the time to empty the queue included.</summary>
    private static async Task<double> FindMaximumAsync(FaultWorld world, SteadyLoad load)
    {
        await load.RunAsync(Search / 5, null, CancellationToken.None);
        await EmptyAsync(world);
        load.Latencies.Take();
        var clock = Stopwatch.StartNew();
        await load.RunAsync(Search, null, CancellationToken.None);
        var pushed = load.Latencies.Take().Length;
        await EmptyAsync(world);
        return pushed / clock.Elapsed.TotalSeconds;
    }

    private static Task<long> EmptyAsync(FaultWorld world) =>
        Eventually.GetAsync(() => world.Server.ReadAsync<long>(Waiting), waiting => waiting == 0, DrainPatience);

    private static async Task<List<Sample>> SampleAsync(FaultWorld world, SteadyLoad load, double rate, TimeSpan duration)
    {
        const int count = 20;
        var pushing = load.RunAsync(duration, rate, CancellationToken.None);
        var samples = new List<Sample>();
        for (var n = 1; n <= count; n++)
        {
            var clock = Stopwatch.StartNew();
            await Task.WhenAny(pushing, Task.Delay(duration / count));
            samples.Add(await LookAsync(world, load, clock.Elapsed));
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"[{duration * n / count:mm\\:ss}] {samples[^1].PerSecond:0}/s, p99 {samples[^1].SlowMs:0} ms, send-api {samples[^1].SendApi.MemoryMib:0} MiB"));
        }

        await pushing;
        return samples;
    }

    private static async Task<Sample> LookAsync(FaultWorld world, SteadyLoad load, TimeSpan since)
    {
        var latencies = load.Latencies.Take();
        return new Sample(
            Largest(world, Role.SendApi),
            Largest(world, Role.ReceiveApi),
            await world.Server.ReadAsync<long>(Sessions),
            Latencies.Percentile(latencies, 50),
            Latencies.Percentile(latencies, 99),
            latencies.Length / since.TotalSeconds,
            await world.Server.ReadAsync<long>(Waiting));
    }

    private static ProcessFigures Largest(FaultWorld world, Role role)
    {
        var all = Enumerable.Range(0, world.Processes.Count(role))
            .Select(instance => ProcessFigures.Of(world.Processes.PidOf(role, instance))).ToArray();
        return new ProcessFigures(all.Max(one => one.MemoryMib), all.Max(one => one.Handles), all.Max(one => one.Threads));
    }

    /// <summary>The promise of one second, while the queue is as good as empty.</summary>
    private static async Task TellFirstAttemptsAsync(FaultWorld world)
    {
        double[] waits = [.. (await world.Server.QueryAsync<long>(FirstAttempts)).Order().Select(microseconds => microseconds / 1000.0)];
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"First attempt after acceptance: p50 {Latencies.Percentile(waits, 50):0} ms, p99 {Latencies.Percentile(waits, 99):0} ms, longest {waits[^1]:0} ms of {waits.Length}."));
    }

    private static int Tell(List<Sample> samples, SteadyLoad load)
    {
        var warm = samples[(int)(samples.Count * WarmUpShare)..];
        var third = warm.Count / 3;
        var rows = new List<string[]> { new[] { "figure", "start", "middle", "end", "flat" } };
        var flat = load.Refused == 0;
        foreach (var figure in Figure.All)
        {
            var (start, middle, end) = (Median(warm[..third], figure), Median(warm[third..^third], figure), Median(warm[^third..], figure));
            flat &= figure.IsFlat(start, end);
            rows.Add([figure.Name, Text(start), Text(middle), Text(end), figure.IsFlat(start, end) ? "yes" : "NO"]);
        }

        Columns.Write(rows);
        Console.WriteLine(
            $"{load.Refused} answers were not 202 or 201. {(flat ? "Everything stayed flat." : "Something did not stay flat.")}");
        return flat ? 0 : 1;
    }

    private static double Median(List<Sample> samples, Figure figure) => Latencies.Percentile([.. samples.Select(figure.Read).Order()], 50);

    private static string Text(double number) => number.ToString("#,0", CultureInfo.InvariantCulture);
}
