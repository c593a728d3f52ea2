using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Bench;

/// <summary>The pair with the services' own defaults. It signs tokens itself: what Google signs, another machine does.</summary>
internal sealed class MeasuredStack : KeySigningStack
{
    protected override bool WaitsBriefly => false;
}
