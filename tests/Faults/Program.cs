using System.Globalization;
using EnergyLoad.Faults.Tests.Floods;
using EnergyLoad.Faults.Tests.Runs;
using EnergyLoad.Faults.Tests.Soak;

// The runs that are too long for a test: ./test faults --minutes N --seed S, ./test soak, ./test floods. Without these words the assembly
// holds tests.
var options = args.Skip(1).Chunk(2).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.Ordinal);
switch (args)
{
    case ["faults", ..]:
        var seed = options.TryGetValue("--seed", out var text)
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Random.Shared.Next(1, 1_000_000);
        return await FaultRun.RunAsync(Minutes(10), seed, options.GetValueOrDefault("--only"));
    case ["soak", ..]:
        return await SoakRun.RunAsync(Minutes(15));
    case ["floods"]:
        return await FloodRun.RunAsync();
    default:
        await Console.Error.WriteLineAsync("faults [--minutes N] [--seed S] [--only SCENARIO], soak [--minutes N] or floods");
        return 2;
}

TimeSpan Minutes(double usual) =>
    TimeSpan.FromMinutes(options.TryGetValue("--minutes", out var text) ? double.Parse(text, CultureInfo.InvariantCulture) : usual);
