using EnergyLoad.Contract.Tests.Endpoints;

namespace EnergyLoad.Contract.Tests.Suites;

[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsFirebaseToolsAttribute : NeedsAttribute
{
    public override string? Missing => FirebaseEmulator.Missing;
}
