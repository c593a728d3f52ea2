using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests.Rotation;

/// <summary>A stack whose services look at their secrets every second, not only when one is refused.</summary>
public sealed class RotatingStack : RunningStack
{
    protected override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["Secrets__ReloadEvery"] = "00:00:01" };
}
