using EnergyLoad.Bench;
using EnergyLoad.Bench.Floors;
using EnergyLoad.Bench.Reporting;

switch (args)
{
    case ["floor", var settings]:
        await CommitFloor.ServeAsync(settings);
        return 0;
    case [] or ["accept" or "lines" or "login" or "reports" or "visible" or "delivery" or "flat" or "memory" or "start", ..]:
        break;
    default:
        await Console.Error.WriteLineAsync(
            $"bench [{string.Join("] [", Measurements.All.Select(entry => entry.Name))}]: measures against floors in the same run; all of them without arguments.");
        return 2;
}

var stack = new MeasuredStack();
Console.WriteLine("Starting the pair …");
await stack.InitializeAsync();
try
{
    var figures = new List<Figure>();
    foreach (var (name, measure) in Measurements.All.Where(entry => args.Length == 0 || args.Contains(entry.Name)))
    {
        Console.WriteLine($"{name} …");
        figures.AddRange(await measure(stack.Description));
    }

    return await Report.WriteAsync(figures);
}
finally
{
    await stack.DisposeAsync();
}
