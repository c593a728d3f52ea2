using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>One stack with two processes of each service.</summary>
[CollectionDefinition(Name)]
public sealed class TwoOfEach : RunningStack, ICollectionFixture<TwoOfEach>
{
    public const string Name = "two of each";

    /// <inheritdoc/>
    protected override int Instances => 2;
}
