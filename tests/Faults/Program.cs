using System.Globalization;
using EnergyLoad.Faults.Tests.Runs;

// The runs that are too long for a test: ./test faults --minutes N --seed S. Without arguments of these the assembly holds tests.
var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
switch (args)
{
    case ["faults", ..]:
        var seed = options.TryGetValue("--seed", out var text) ? int.Parse(text, CultureInfo.InvariantCulture) : Random.Shared.Next(1, 1_000_000);
        return await FaultRun.RunAsync(Minutes(10), seed, options.GetValueOrDefault("--only"));
    default:
        await Console.Error.WriteLineAsync("faults [--minutes N] [--seed S] [--only SCENARIO]");
        return 2;
}

TimeSpan Minutes(double usual) =>
    TimeSpan.FromMinutes(options.TryGetValue("--minutes", out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : usual);
