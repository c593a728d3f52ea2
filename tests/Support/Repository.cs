using System.Reflection;

namespace EnergyLoad.Testing;

/// <summary>Where the sources are on the machine that runs the tests.</summary>
public static class Repository
{
    /// <summary>The folder of EnergyLoad.sln.</summary>
    public static string Root { get; } = typeof(Repository).Assembly
        .GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "RepoRoot")
        .Value!;
}
