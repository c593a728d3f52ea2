using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests.Scenarios;

/// <summary>A scenario that needs a stack of its own, and of the machine what not every one has.</summary>
/// <param name="Scenario">The scenario.</param>
/// <param name="Make">Makes its stack.</param>
/// <param name="Missing">What this machine lacks; null when nothing.</param>
internal sealed record OwnStack(Scenario Scenario, Func<RunningStack> Make, Func<string?> Missing)
{
    public static IReadOnlyList<OwnStack> All { get; } =
    [
        new(new("full-disk", MachineFaults.FillDiskAsync), () => new SmallDisk(), () => SmallDisk.Missing),
        new(new("clock-steps", ClockFaults.StepAsync), () => new OwnClocks(), () => OwnClocks.Missing),
        new(new("dns-failure", NameFaults.TakeNameAwayAsync), () => new NamedESight(), () => NamedESight.Missing),
    ];
}
