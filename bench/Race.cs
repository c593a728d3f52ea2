namespace EnergyLoad.Bench;

/// <summary>Ours and its floor by turns, so that what else the machine does meanwhile slows both alike.</summary>
/// <param name="floor">Loads the floor, for a time that is not counted and one that is.</param>
/// <param name="ours">Loads ours, in the same way.</param>
internal sealed class Race(Func<TimeSpan, TimeSpan, Task<LoadResult>> floor, Func<TimeSpan, TimeSpan, Task<LoadResult>> ours)
{
    private const int Turns = 8;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Start = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Turn = TimeSpan.FromSeconds(2);

    // What ours does after its answers, such as the rows for the search, is not to fall into the floor's turn.
    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(2);

    public async Task<(LoadResult Ours, LoadResult Floor)> RunAsync()
    {
        await floor(WarmUp, TimeSpan.Zero);
        await ours(WarmUp, TimeSpan.Zero);
        var (ourTurns, itsTurns) = (new List<LoadResult>(), new List<LoadResult>());
        for (var turn = 0; turn < Turns; turn++)
        {
            await Task.Delay(Rest);
            itsTurns.Add(await floor(Start, Turn));
            await Task.Delay(Rest);
            ourTurns.Add(await ours(Start, Turn));
        }

        var (together, bare) = (LoadResult.Together(ourTurns), LoadResult.Together(itsTurns));
        Console.WriteLine($"  floor: {bare}");
        Console.WriteLine($"  ours:  {together}");
        return (together, bare);
    }
}
