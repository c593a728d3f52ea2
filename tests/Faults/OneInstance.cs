using EnergyLoad.Testing.Stack;

namespace EnergyLoad.Faults.Tests;

/// <summary>The pair with one process of each service; one for the tests of the collection.</summary>
[CollectionDefinition(Name)]
public sealed class OneInstance : RunningStack, ICollectionFixture<OneInstance>
{
    /// <summary>The collection's name.</summary>
    public const string Name = "one instance";
}
