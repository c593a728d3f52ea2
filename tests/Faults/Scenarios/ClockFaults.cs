using System.Globalization;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>Processes of the services whose clocks are set forward and back, while the database keeps its time.</summary>
internal static class ClockFaults
{
    private const int Least = 5;
    private const int Most = 45;

    /// <summary>
    /// Now ahead, now behind, one process after the other, so that no two agree; e-Sight fails meanwhile, so that messages wait and others
    /// could go before them.
    /// </summary>
    public static async Task StepAsync(Injection injection)
    {
        var (clocks, random) = (injection.World.Clocks, injection.Random);
        Uri[] services = [.. clocks.Services, .. clocks.Services];
        random.Shuffle(services);
        var sign = random.Next(2) == 0 ? 1 : -1;
        var steps = new List<int>();
        try
        {
            foreach (var service in services.Take(random.Next(4, services.Length + 1)))
            {
                await injection.MomentAsync();
                steps.Add(sign * random.Next(Least, Most + 1));
                await injection.World.ESight.BehaveAsync(new { status = 503, times = random.Next(5, 40) });
                await clocks.SetAsync(service, TimeSpan.FromSeconds(steps[^1]));
                sign = -sign;
            }

            await injection.MomentAsync();
        }
        finally
        {
            await clocks.SetAllRightAsync();
        }

        injection.Notes.Add($"clocks at {string.Join(", ", steps.Select(step => step.ToString("+0;-0", CultureInfo.InvariantCulture)))} s");
    }
}
