namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>Every scenario that the one stack serves, and their order for a seed.</summary>
internal static class ScenarioList
{
    public static IReadOnlyList<Scenario> All { get; } =
        [.. ProcessFaults.All, .. WindowFaults.All, .. DatabaseFaults.All, .. ESightFaults.All, .. QueueFaults.All];

    public static Scenario Named(string name) =>
        All.Concat(OwnStack.All.Select(own => own.Scenario)).Single(scenario => scenario.Name == name);

    /// <summary>All of them in an order of the seed's, again and again.</summary>
    public static IEnumerable<Scenario> InOrderOf(int seed)
    {
        for (var round = 0; ; round++)
        {
            var scenarios = All.ToArray();
            new Random(seed + (round * 7919)).Shuffle(scenarios);
            foreach (var scenario in scenarios)
            {
                yield return scenario;
            }
        }
    }
}
