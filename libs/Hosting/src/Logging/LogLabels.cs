using System.Reflection;

namespace EnergyLoad.Hosting;

/// <summary>What stands on every line of a process: which service wrote it, and which build of it.</summary>
internal sealed record LogLabels(string Service)
{
    public static readonly string Build =
        Assembly.GetEntryAssembly()?.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "";
}
