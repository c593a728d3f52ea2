using System.Diagnostics;
using System.Globalization;
using EnergyLoad.Faults.Tests.World;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>e-Sight is there, and nobody knows where.</summary>
internal static class NameFaults
{
    private const string NotReached = "SELECT COUNT(*) FROM attempts WHERE reason = 'ConnectFailed'";

    public static async Task TakeNameAwayAsync(Injection injection)
    {
        var (world, rounds) = (injection.World, injection.Random.Next(2, 5));
        var lengths = new List<double>();
        var failed = 0L;
        for (var round = 0; round < rounds; round++)
        {
            await injection.MomentAsync();
            var before = await world.Server.ReadAsync<long>(NotReached);
            var clock = Stopwatch.StartNew();
            world.ESightName.TakeAway();
            try
            {
                // Open connections need no name: with another process they are all made anew.
                await world.Processes.ReplaceAsync(Role.ESight);
                await world.CalmAsync();
                await Injection.UntilAsync(() => world.Server.ReadAsync<long>(NotReached), count => count > before);
                await injection.LastAsync(1_000, 5_000);
            }
            finally
            {
                world.ESightName.PutBack();
                lengths.Add(clock.Elapsed.TotalSeconds);
            }

            failed += await world.Server.ReadAsync<long>(NotReached) - before;
        }

        await injection.MomentAsync();
        var times = string.Join(", ", lengths.Select(length => length.ToString("0.0", CultureInfo.InvariantCulture)));
        injection.Notes.Add($"no name for {times} s, {failed} attempts did not find it");
    }
}
