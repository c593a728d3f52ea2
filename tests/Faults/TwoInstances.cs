using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests;

/// <summary>The pair with two processes of each service.</summary>
public class TwoInstances : RunningStack
{
    /// <inheritdoc/>
    protected override int Instances => 2;
}
