using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>The pair with the services' own defaults.</summary>
internal sealed class MeasuredStack : RunningStack
{
    protected override bool WaitsBriefly => false;
}
