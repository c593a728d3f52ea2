using EnergyLoad.Contract.Tests.Endpoints;

namespace EnergyLoad.Contract.Tests.Suites;

[AttributeUsage(AttributeTargets.Class)]
public sealed class NeedsPubSubEmulatorAttribute : NeedsAttribute
{
    public override string? Missing => PubSubEmulator.Missing;
}
