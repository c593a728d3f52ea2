using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>One stack for the tests that kill its services, and for those that do not mind.</summary>
[CollectionDefinition(Name)]
public sealed class KilledStack : RunningStack, ICollectionFixture<KilledStack>
{
    public const string Name = "killed stack";
}
