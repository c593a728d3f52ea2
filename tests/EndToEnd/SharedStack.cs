using System.Diagnostics.CodeAnalysis;
using EnergyLoad.Testing.Stack;

namespace EnergyLoad.EndToEnd.Tests;

/// <summary>One stack for the tests that do not mind each other.</summary>
[CollectionDefinition(Name)]
[SuppressMessage("Naming", "CA1711", Justification = "xunit's word.")]
public sealed class SharedStack : ICollectionFixture<RunningStack>
{
    public const string Name = "shared stack";
}
