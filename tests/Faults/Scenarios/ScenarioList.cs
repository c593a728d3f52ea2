namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>Every scenario, and their order for a seed.</summary>
internal static class ScenarioList
{
    public static IReadOnlyList<Scenario> All { get; } =
        [.. ProcessFaults.All, .. WindowFaults.All, .. DatabaseFaults.All, .. ESightFaults.All, .. QueueFaults.All];

    /// <summary>Needs a stack on a small disk.</summary>
    public static Scenario FullDisk { get; } = new("full-disk", MachineFaults.FillDiskAsync);

    public static Scenario Named(string name) => All.Append(FullDisk).Single(scenario => scenario.Name == name);

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
