using Xunit.Sdk;

namespace EnergyLoad.Contract.Tests.Suites;

/// <summary>A fact that every endpoint is held to, but for those whose class says why not.</summary>
[XunitTestCaseDiscoverer("EnergyLoad.Contract.Tests.Suites.ContractFactDiscoverer", "EnergyLoad.Contract.Tests")]
[AttributeUsage(AttributeTargets.Method)]
public sealed class ContractFactAttribute : FactAttribute;
