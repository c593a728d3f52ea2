using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests;

/// <summary>The pair with two processes of each service; one for the tests of the collection.</summary>
[CollectionDefinition(Name)]
public class TwoInstances : RunningStack, ICollectionFixture<TwoInstances>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "two instances";

    /// <inheritdoc/>
    protected override int Instances => 2;
}
